/** Subscriptions in backups: what the header of one says of them, and how they are taken from it. */
import { damaged } from '../library/bundle/sections.ts';
import type { BundledCatalogues } from '../library/bundle/write-bundle.ts';
import type { Library } from '../library/library.ts';
import { type Change, without } from '../library/shelf/shelf.ts';
import type { Incoming } from '../library/tracks/new-rows.ts';
import { type CatalogueRow, catalogueRows, checkedCatalogue, packCatalogue } from './catalogue-row.ts';

/** Undefined if there are none. */
export async function bundledCatalogues(library: Library): Promise<BundledCatalogues | undefined> {
  const rows = await catalogueRows(library.kept);
  if (rows.length === 0) return undefined;
  const changes = await library.loadChanges();
  const marks = new Map(changes.livingRows().map(({ id, catalogue, piece }) => [id, { catalogue, piece }]));
  return { rows: rows.map(({ pieces, shared, fault, ...row }) => row), of: (id) => marks.get(id) ?? {} };
}

interface Restoring {
  /** The track under the number that its catalogue has here; of an unknown catalogue, it becomes the library's own. */
  renumbered(track: Incoming): Incoming;
  /** To be called when the tracks of the backup have replaced all others. */
  replaced(): Promise<void>;
}

/** Subscribes to what the backup was subscribed to. What its pieces are is told by the tracks. */
export async function restoreCatalogues({ kept }: Library, bundled: readonly unknown[]): Promise<Restoring> {
  const here = await catalogueRows(kept);
  const all = new Map(here.map((row) => [row.address, row]));
  const numbers = new Map<number, number>();
  const changes: Change<'state'>[] = [];
  for (const value of bundled) {
    const row = checkedCatalogue(value);
    if (!row) throw damaged('a subscription in it is invalid');
    const number = all.get(row.address)?.number ?? freeNumber(row.number, [...all.values()]);
    numbers.set(row.number, number);
    if (all.has(row.address)) continue;
    all.set(row.address, { ...row, number });
    changes.push(change({ ...row, number }));
  }
  if (changes.length > 0) await kept.write(changes);
  return {
    renumbered({ catalogue = 0, piece, ...track }) {
      const number = numbers.get(catalogue);
      return number === undefined ? track : { ...track, catalogue: number, piece };
    },
    async replaced() {
      const left = new Set(numbers.values());
      if (here.length === 0) return;
      await kept.write(
        here.map((row) =>
          left.has(row.number) ? change({ ...row, pieces: [], shared: [] }) : without('state', row.number),
        ),
      );
    },
  };
}

const change = (row: CatalogueRow): Change<'state'> => ({ store: 'state', key: row.number, row: packCatalogue(row) });

const freeNumber = (wanted: number, rows: readonly CatalogueRow[]) =>
  rows.some(({ number }) => number === wanted) ? Math.max(...rows.map(({ number }) => number)) + 1 : wanted;
