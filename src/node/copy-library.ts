/**
 * Copies a whole library, with index and sessions, to another, empty place: row by row, the state last. An interrupted copy has no state.
 * It is deleted, or refused as not empty when copying is tried again.
 */
import { UserError } from '../errors.ts';
import { pause } from '../library/background.ts';
import { noOtherWriters } from '../library/shelf/other-writers.ts';
import { type Shelf, STORES, type Store } from '../library/shelf/shelf.ts';
import { openShelf, shownPlace } from './open-shelf.ts';

const ROWS_PER_BATCH = 128;
/** The state is last, because it makes all other rows valid. */
const ORDER: Store[] = [...STORES.filter((store) => store !== 'state'), 'state'];

interface CopyProgress {
  rows: number;
  of: number;
}

export async function copyLibrary(
  from: string,
  to: string,
  progress: (progress: CopyProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<CopyProgress> {
  const source = await openShelf(from);
  const target = await openShelf(to).catch(async (error) => {
    await closeAll(source);
    throw error;
  });
  try {
    await refuseUnlessEmpty(target.shelf, to);
    return await undisturbed(source.others ?? noOtherWriters(), () =>
      copyRows(source.shelf, target.shelf, progress, signal),
    );
  } finally {
    await closeAll(source, target);
  }
}

/** Nobody else changes the library meanwhile. */
function undisturbed<T>(
  others: Pick<ReturnType<typeof noOtherWriters>, 'exclusive'>,
  work: () => Promise<T>,
): Promise<T> {
  return others.exclusive('intake', () => others.exclusive('upkeep', () => others.exclusive('write', work)));
}

async function refuseUnlessEmpty(shelf: Shelf, place: string): Promise<void> {
  for (const store of ORDER) {
    if ((await shelf.keys(store)).length === 0) continue;
    throw new UserError(
      'LibraryForeign',
      `There is a library in ${shownPlace(place)} already. Name another place, or use export and import to add to it.`,
    );
  }
}

async function copyRows(
  from: Shelf,
  to: Shelf,
  progress: (progress: CopyProgress) => void,
  signal?: AbortSignal,
): Promise<CopyProgress> {
  const keys = new Map<Store, number[]>();
  for (const store of ORDER) keys.set(store, await from.keys(store));
  const done = { rows: 0, of: [...keys.values()].reduce((sum, { length }) => sum + length, 0) };
  try {
    for (const [store, all] of keys) {
      for (let i = 0; i < all.length; i += ROWS_PER_BATCH) {
        await pause(); // folders are read and written without giving way, and Ctrl-C must be heard
        signal?.throwIfAborted();
        const some = all.slice(i, i + ROWS_PER_BATCH);
        const rows = await from.read(store, some);
        // Unreadable rows are left out, as when a library is opened.
        const changes = rows.flatMap((row, j) => (row ? { store, key: some[j], row } : []));
        await to.write(changes, store !== 'state');
        done.rows += some.length;
        progress({ ...done });
      }
    }
  } catch (error) {
    await to.write(ORDER.map((store) => ({ store, from: 0, below: Infinity }))).catch(() => {}); // the first error is more informative
    throw error;
  }
  return done;
}

async function closeAll(...opened: { shelf: Shelf; others?: { close(): void } }[]): Promise<void> {
  for (const { shelf, others } of opened) {
    others?.close();
    await shelf.close();
  }
}
