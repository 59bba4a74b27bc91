/** How a front is told what to ask: `http://m1:7700,http://m2:7700#wait=10&shards=0-3`. */
import { UserError } from '../../errors.ts';
import { parseShards } from '../postgres/postgres-address.ts';

export interface Front {
  addresses: string[];
  waitSeconds: number;
  shards?: number[];
}

/** Default. */
export const WAIT_SECONDS = 10;

export const isFrontAddress = (place: string): boolean => /^https?:\/\//.test(place);

export const frontAddress = ({ addresses, waitSeconds, shards }: Front): string =>
  `${addresses.join(',')}#wait=${waitSeconds}${shards ? `&shards=${shards.join(',')}` : ''}`;

export function parseFront(place: string): Front {
  const [list, settings = ''] = place.split('#');
  const told = new URLSearchParams(settings);
  const shards = told.get('shards');
  return {
    addresses: list.split(',').map(checked),
    waitSeconds: Number(told.get('wait') ?? WAIT_SECONDS),
    ...(shards !== null && { shards: parseShards(shards) }),
  };
}

function checked(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin + url.pathname.replace(/\/$/, '');
  throw new UserError('AddressUnreachable', `"${address}" is no address of a matcher. Write it as http://host:7700.`);
}
