/** The address of a library in PostgreSQL, as for `psql` plus the shard: `postgres://user@host:5432/music?shard=2`. */
import { UserError } from '../../errors.ts';

export const isPostgresAddress = (place: string): boolean => /^postgres(ql)?:\/\//.test(place);

export interface PostgresAddress {
  /** For the client, without our own parameter. */
  url: string;
  shard: number;
  /** For messages, without user and password. */
  shown: string;
}

export function parseAddress(place: string): PostgresAddress {
  const address = urlOf(place);
  const asked = address.searchParams.get('shard') ?? '0';
  const shard = Number(asked);
  if (!Number.isInteger(shard) || shard < 0 || shard >= 2 ** 31 || asked === '') {
    throw new UserError('AddressUnreachable', `"shard=${asked}" is no shard. Shards are numbered from 0.`);
  }
  address.searchParams.delete('shard');
  const name = address.pathname.slice(1) || 'postgres';
  const shown = `postgres://${address.host}/${name}${shard ? `?shard=${shard}` : ''}`;
  return { url: address.href, shard, shown };
}

function urlOf(place: string): URL {
  try {
    return new URL(place);
  } catch (error) {
    throw new UserError(
      'AddressUnreachable',
      'This is no address of a database. Write it as postgres://user@host/database.',
      { cause: error },
    );
  }
}
