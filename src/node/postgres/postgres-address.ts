/**
 * The address of a library in PostgreSQL, as for `psql` plus the shard: `postgres://user@host:5432/music?shard=2`. It may name several
 * hosts, of which the one that takes writes is used: `postgres://user@first:5432,second:5432/music`. `?shards=0-3` is for those that
 * open several shards.
 */
import { MOST_SHARD } from '../../engine/shards/shard-numbers.ts';
import { UserError } from '../../errors.ts';

export const isPostgresAddress = (place: string): boolean => /^postgres(ql)?:\/\//.test(place);

export interface PostgresAddress {
  /** One for each host, for the client, without our own parameters. */
  urls: string[];
  shard: number;
  /** If it names several. */
  shards?: number[];
  /** For messages, without user and password. */
  shown: string;
}

export function parseAddress(place: string): PostgresAddress {
  const hosts = splitHosts(place);
  const [address] = hosts;
  const shard = shardOf(address.searchParams.get('shard'));
  const several = address.searchParams.get('shards');
  const name = address.pathname.slice(1) || 'postgres';
  const which = several === null ? shard && `?shard=${shard}` : `?shards=${several}`;
  for (const url of hosts) for (const ours of ['shard', 'shards']) url.searchParams.delete(ours);
  return {
    urls: hosts.map(({ href }) => href),
    shard,
    ...(several !== null && { shards: parseShards(several) }),
    shown: `postgres://${hosts.map(({ host }) => host).join(',')}/${name}${which || ''}`,
  };
}

/** The same database, but this shard of it. */
export function withShard(place: string, shard: number): string {
  const [before, query = ''] = place.split('?');
  const rest = query.split('&').filter((part) => part && !/^shards?=/.test(part));
  return `${before}?${[...rest, `shard=${shard}`].join('&')}`;
}

/** As they are written: `0-3`, `0,2,5-7`. */
export function parseShards(text: string): number[] {
  const shards = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(part.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || to < from || to > MOST_SHARD || to - from > MOST_AT_ONCE) throw noShards(text);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(shards)].sort((a, b) => a - b);
}

const MOST_AT_ONCE = 4096;

const noShards = (text: string) =>
  new UserError('AddressUnreachable', `"${text}" is no list of shards. Write it as 0-3, or as 0,2,5.`);

function shardOf(asked: string | null): number {
  const shard = Number(asked ?? 0);
  if (asked !== '' && Number.isInteger(shard) && shard >= 0 && shard <= MOST_SHARD) return shard;
  throw new UserError('AddressUnreachable', `"shard=${asked}" is no shard. Shards are numbered from 0.`);
}

function splitHosts(place: string): URL[] {
  const [, scheme, user = '', hosts, rest] = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#]*)(.*)$/.exec(place) ?? [];
  try {
    return (hosts ?? '').split(',').map((host) => new URL(`${scheme}${user}${host}${rest}`));
  } catch (error) {
    throw new UserError(
      'AddressUnreachable',
      'This is no address of a database. Write it as postgres://user@host/database.',
      { cause: error },
    );
  }
}
