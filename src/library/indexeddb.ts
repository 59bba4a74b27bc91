/** A shelf in the browser: one object store a store, rows as they are. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { UserError } from '../errors.ts';
import { type Row, type Shelf, STORES, type Store } from './shelf.ts';

/** Rises when stores come or go; what rows hold has a version of its own, in the library's state. */
const SCHEMA_VERSION = 1;

type Schema = DBSchema & { [S in Store]: { key: number; value: Row } };

/** Browsers refuse a range in which no key can be; keys are whole numbers of 0 or more, so -1 stands for it. */
const range = (from = 0, below = Infinity) =>
  from < below ? IDBKeyRange.bound(from, below, false, true) : IDBKeyRange.only(-1);

/** What the browser says, in words a person can act on. */
function translated(error: unknown): unknown {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const options = { cause: error };
  switch (name) {
    case 'QuotaExceededError':
      return new UserError(
        'StorageFull',
        'There is no room left for the library. Remove tracks, or free space.',
        options,
      );
    case 'VersionError':
      return new UserError('LibraryNewer', 'A newer version of Entendu wrote this library. Reload the page.', options);
    case 'InvalidStateError':
      return new UserError('LibraryBusy', 'The library was closed for an update. Reload the page.', options);
    case 'UnknownError':
    case 'NotReadableError':
      return new UserError('LibraryDamaged', 'The browser cannot read the library from its storage.', options);
    default:
      return error;
  }
}

async function spoken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw translated(error);
  }
}

/**
 * `lost` is told when the library can no longer be reached: a newer version of the app needs it, or the browser took the
 * storage away. `waiting` is told while another tab, with an older version of the app, holds up an upgrade.
 */
export async function openIndexedDb(
  name: string,
  told: { lost?: (fault: UserError) => void; waiting?: (fault: UserError) => void } = {},
): Promise<Shelf> {
  const db: IDBPDatabase<Schema> = await spoken(
    openDB<Schema>(name, SCHEMA_VERSION, {
      upgrade(db, from) {
        if (from < 1) for (const store of STORES) db.createObjectStore(store);
      },
      blocked() {
        told.waiting?.(new UserError('LibraryBusy', 'Close the other tabs of Entendu, so that it can be updated.'));
      },
      blocking() {
        db.close();
        told.lost?.(
          new UserError('LibraryBusy', 'A newer version of Entendu is open in another tab. Reload this one.'),
        );
      },
      terminated() {
        told.lost?.(new UserError('LibraryDamaged', 'The browser took the library’s storage away. Reload the page.'));
      },
    }),
  );

  async function read(store: Store, keys: ArrayLike<number>) {
    const { store: rows } = db.transaction(store);
    return Promise.all(Array.from(keys, (key) => rows.get(key)));
  }

  async function list(store: Store, from?: number, below?: number): Promise<[number, Row][]> {
    const { store: rows } = db.transaction(store);
    const [keys, values] = await Promise.all([rows.getAllKeys(range(from, below)), rows.getAll(range(from, below))]);
    return keys.map((key, i) => [key, values[i]]);
  }

  const shelf: Shelf = {
    read: (store, keys) => spoken((async () => read(store, keys))()),
    list: (store, from, below) => spoken((async () => list(store, from, below))()),
    keys: (store, from, below) => spoken((async () => db.getAllKeys(store, range(from, below)))()),
    write: (changes, lazy = false) =>
      spoken(
        (async () => {
          if (changes.length === 0) return;
          const stores = [...new Set(changes.map(({ store }) => store))];
          const batch = db.transaction(stores, 'readwrite', { durability: lazy ? 'relaxed' : 'strict' });
          const made = changes.map((change) => {
            const rows = batch.objectStore(change.store);
            return 'row' in change ? rows.put(change.row, change.key) : rows.delete(range(change.from, change.below));
          });
          await Promise.all([...made, batch.done]);
        })(),
      ),
    async close() {
      db.close();
    },
  };
  return shelf;
}
