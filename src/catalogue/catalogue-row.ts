/** Rows of catalogues in the store `state`, from key 1 on; see `library/FORMAT.md`. */

import type { KeptRows } from '../library/rows/kept-rows.ts';
import { isIntact, writeChecksum } from '../library/shelf/checksum.ts';
import type { Row } from '../library/shelf/shelf.ts';
import type { Catalogue } from './catalogue-model.ts';

/** The first key: 0 is the library's state. */
export const FIRST_CATALOGUE = 1;

export interface CatalogueRow extends Catalogue {
  /** Names of the pieces whose tracks are here. */
  pieces: string[];
  /** Those with tracks that the library had already: they may have to be fetched again. */
  shared: string[];
}

/** JSON as UTF-8, then a checksum. */
export function packCatalogue({ number, ...fields }: CatalogueRow): Row {
  const text = new TextEncoder().encode(JSON.stringify(fields));
  const row = new Uint8Array(text.length + 4);
  row.set(text);
  return writeChecksum(row);
}

/** Undefined if it is damaged. */
export function unpackCatalogue(number: number, row: Row): CatalogueRow | undefined {
  if (!isIntact(row)) return undefined;
  try {
    const value = Object(JSON.parse(new TextDecoder().decode(row.subarray(0, -4))));
    return isCatalogue(value) ? { ...value, number } : undefined;
  } catch {
    return undefined;
  }
}

export async function catalogueRows(kept: KeptRows): Promise<CatalogueRow[]> {
  const rows = await kept.list('state', FIRST_CATALOGUE);
  return rows.flatMap(([number, row]) => unpackCatalogue(number, row) ?? []);
}

/** A subscription of a backup, which does not list pieces; undefined if it is invalid. */
export function checkedCatalogue(value: unknown): CatalogueRow | undefined {
  const row = { ...Object(value), pieces: [], shared: [] };
  const { number } = row;
  const isNumber = Number.isSafeInteger(number) && number >= FIRST_CATALOGUE && number < 2 ** 31;
  return isNumber && isCatalogue(row) ? { ...row, number } : undefined;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

function isCatalogue(value: Record<string, unknown>): value is Omit<CatalogueRow, 'number'> & Record<string, unknown> {
  const { address, name, key, fault, weekly } = value;
  return (
    typeof address === 'string' &&
    URL.canParse(address) &&
    typeof name === 'string' &&
    typeof weekly === 'boolean' &&
    [key, fault].every((text) => text === undefined || typeof text === 'string') &&
    [value.version, value.tracks, value.checked].every((count) => Number.isSafeInteger(count)) &&
    [value.hosts, value.pieces, value.shared].every(isTexts)
  );
}
