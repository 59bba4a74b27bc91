/** A shelf in the browser: one object store a store, rows as they are. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { UserError } from '../../errors.ts';
import { type Row, type Shelf, STORES, type Store } from './shelf.ts';

/** Rises when stores come or go; what rows hold has a version of its own, in the library's state. */
const SCHEMA_VERSION = 2;

type Schema = DBSchema & { [S in Store]: { key: number; value: Row } };

/** Browsers refuse a range in which no key can be; keys are whole numbers of 0 or more, so -1 stands for it. */
const range = (from = 0, below = Infinity) =>
  from < below ? IDBKeyRange.bound(from, below, false, true) : IDBKeyRange.only(-1);

export interface Told {
  /** The library can no longer be reached: a newer version of the app needs it, or the browser took the storage away. */
  lost?: (fault: UserError) => void;
  /** It cannot be opened yet: another tab, with an older version of the app, holds up an upgrade. */
  waiting?: (fault: UserError) => void;
}

/** With these a browser says that one row cannot be read, and then refuses all that were asked for with it. */
const ROW_FAULTS = ['UnknownError', 'NotReadableError', 'DataError', 'DataCloneError'];

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
    case 'UnknownError':
    case 'NotReadableError':
      return new UserError('LibraryDamaged', 'The browser cannot read the library from its storage.', options);
    default:
      return error;
  }
}

export async function openIndexedDb(name: string, told: Told = {}): Promise<Shelf> {
  /** Why nothing can be read or written any more. */
  let loss: UserError | undefined;
  const lose = (fault: UserError) => {
    loss = fault;
    told.lost?.(fault);
  };

  async function spoken<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw loss ?? translated(error);
    }
  }

  const db: IDBPDatabase<Schema> = await spoken(() =>
    openDB<Schema>(name, SCHEMA_VERSION, {
      upgrade(db) {
        for (const store of STORES) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
      },
      blocked() {
        told.waiting?.(new UserError('LibraryWaiting', 'Close the other tabs of Entendu, so that it can be updated.'));
      },
      blocking() {
        db.close();
        lose(new UserError('LibraryOutdated', 'A newer version of Entendu is open in another tab. Reload this one.'));
      },
      terminated() {
        lose(new UserError('LibraryGone', 'The browser took the library’s storage away. Reload the page.'));
      },
    }),
  );

  /** Row by row, each by itself: one that cannot be read comes back empty, which no checksum fits. */
  async function readOneByOne(store: Store, keys: readonly number[]): Promise<(Row | undefined)[]> {
    const rows: (Row | undefined)[] = [];
    for (const key of keys) {
      rows.push(
        await db.get(store, key).catch((error) => {
          if (loss || !ROW_FAULTS.includes(error.name)) throw error;
          return new Uint8Array(0);
        }),
      );
    }
    return rows;
  }

  /** Reads at once, and one by one if that fails because of a row. */
  async function patiently<T>(read: () => Promise<T>, oneByOne: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (loss || !ROW_FAULTS.includes((error as Error).name)) throw error;
      return oneByOne();
    }
  }

  return {
    read: (store, keys) =>
      spoken(() =>
        patiently(
          () => {
            const { store: rows } = db.transaction(store);
            return Promise.all(Array.from(keys, (key) => rows.get(key)));
          },
          () => readOneByOne(store, Array.from(keys)),
        ),
      ),
    list: (store, from, below) =>
      spoken(async () => {
        const within = range(from, below);
        return patiently(
          async () => {
            const { store: rows } = db.transaction(store);
            const [keys, values] = await Promise.all([rows.getAllKeys(within), rows.getAll(within)]);
            return keys.map((key, i): [number, Row] => [key, values[i]]);
          },
          async () => {
            const keys = await db.getAllKeys(store, within);
            const rows = await readOneByOne(store, keys);
            return keys.flatMap((key, i): [number, Row][] => (rows[i] ? [[key, rows[i]]] : []));
          },
        );
      }),
    keys: (store, from, below) => spoken(async () => db.getAllKeys(store, range(from, below))),
    write: (changes, lazy = false) =>
      spoken(async () => {
        if (changes.length === 0) return;
        const stores = [...new Set(changes.map(({ store }) => store))];
        const batch = db.transaction(stores, 'readwrite', { durability: lazy ? 'relaxed' : 'strict' });
        const made = changes.map((change) => {
          const rows = batch.objectStore(change.store);
          return 'row' in change ? rows.put(change.row, change.key) : rows.delete(range(change.from, change.below));
        });
        await Promise.all([...made, batch.done]);
      }),
    async close() {
      db.close();
    },
  };
}
