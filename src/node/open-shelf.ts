/** Opens the shelf of a library, which is named by a folder or the address of a database. */
import type { OtherWriters } from '../library/shelf/other-writers.ts';
import type { Shelf } from '../library/shelf/shelf.ts';
import { openLmdb } from './lmdb/lmdb-shelf.ts';
import { isPostgresAddress, parseAddress } from './postgres/postgres-address.ts';

interface OpenedShelf {
  shelf: Shelf;
  /** Undefined for a folder, which has only one writer. */
  others?: OtherWriters;
}

export async function openShelf(place: string, options: { readOnly?: boolean } = {}): Promise<OpenedShelf> {
  if (!isPostgresAddress(place)) return { shelf: await openLmdb(place, options) };
  const { openPostgres } = await import('./postgres/postgres-shelf.ts');
  return openPostgres(place, options);
}

/** For messages: the address without its password. */
export const shownPlace = (place: string): string => (isPostgresAddress(place) ? parseAddress(place).shown : place);
