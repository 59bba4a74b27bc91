/** The shelf in the browser: IndexedDB, with one object store per store and rows stored as they are. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { UserError } from '../../errors.ts';
import { type Change, type Row, type Shelf, STORES, type Store } from './shelf.ts';

/** Incremented when stores are added or removed. The content of rows has its own version, in the library's state. */
const SCHEMA_VERSION = 5;

type ShelfSchema = DBSchema & { [S in Store]: { key: number; value: Row } };

/** Stands for an empty range, which browsers refuse. Keys are integers from 0 on, so no row has the key -1. */
const range = (from = 0, below = Infinity) =>
  from < below ? IDBKeyRange.bound(from, below, false, true) : IDBKeyRange.only(-1);

interface Told {
  /** The library became inaccessible: a newer version of the app needs it, or the browser deleted the storage. */
  lost?: (fault: UserError) => void;
  /** The library cannot be opened yet: another tab with an older version of the app blocks the upgrade. */
  waiting?: (fault: UserError) => void;
}

/** Errors by which browsers report an unreadable row. They then fail the whole request, other rows included. */
const ROW_FAULTS = ['UnknownError', 'NotReadableError', 'DataError', 'DataCloneError'];

/** Translates a browser's error into one that the user can act on. */
function translated(error: unknown): unknown {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const options = { cause: error };
  switch (name) {
    case 'QuotaExceededError':
      return new UserError(
        'StorageFull',
        'There is no storage left for the library. Remove tracks or free disk space.',
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
  const shelf = new IndexedDbShelf();
  const lose = (fault: UserError) => {
    shelf.loss = fault;
    told.lost?.(fault);
  };
  shelf.db = await shelf.translating(() =>
    openDB<ShelfSchema>(name, SCHEMA_VERSION, {
      upgrade(db) {
        for (const store of STORES) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
      },
      blocked() {
        told.waiting?.(new UserError('LibraryWaiting', 'Close the other tabs of Entendu, so that it can be updated.'));
      },
      blocking() {
        void shelf.close();
        lose(new UserError('LibraryOutdated', 'A newer version of Entendu is open in another tab. Reload this one.'));
      },
      terminated() {
        lose(new UserError('LibraryGone', 'The browser deleted the library’s storage. Reload the page.'));
      },
    }),
  );
  return shelf;
}

class IndexedDbShelf implements Shelf {
  db!: IDBPDatabase<ShelfSchema>;
  /** Set when nothing can be read or written any more. */
  loss: UserError | undefined;

  read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]> {
    return this.tolerant(
      () => {
        const { store: rows } = this.db.transaction(store);
        return Promise.all(Array.from(keys, (key) => rows.get(key)));
      },
      () => this.readOneByOne(store, Array.from(keys)),
    );
  }

  async list(store: Store, from?: number, below?: number): Promise<[number, Row][]> {
    const within = range(from, below);
    return this.tolerant(
      async () => {
        const { store: rows } = this.db.transaction(store);
        const [keys, values] = await Promise.all([rows.getAllKeys(within), rows.getAll(within)]);
        return keys.map((key, i): [number, Row] => [key, values[i]]);
      },
      async () => {
        const keys = await this.db.getAllKeys(store, within);
        const rows = await this.readOneByOne(store, keys);
        return keys.flatMap((key, i): [number, Row][] => (rows[i] ? [[key, rows[i]]] : []));
      },
    );
  }

  keys(store: Store, from?: number, below?: number): Promise<number[]> {
    return this.translating(async () => this.db.getAllKeys(store, range(from, below)));
  }

  write(changes: readonly Change[], lazy = false): Promise<void> {
    return this.translating(async () => {
      if (changes.length === 0) return;
      const stores = [...new Set(changes.map(({ store }) => store))];
      const batch = this.db.transaction(stores, 'readwrite', { durability: lazy ? 'relaxed' : 'strict' });
      const made = changes.map((change) => {
        const rows = batch.objectStore(change.store);
        return 'row' in change ? rows.put(change.row, change.key) : rows.delete(range(change.from, change.below));
      });
      await Promise.all([...made, batch.done]);
    });
  }

  async close(): Promise<void> {
    this.db.close();
  }

  /** Runs work and translates its errors. */
  async translating<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.loss ?? translated(error);
    }
  }

  /** Reads all at once, or one by one if that fails because of an unreadable row. */
  private tolerant<T>(read: () => Promise<T>, oneByOne: () => Promise<T>): Promise<T> {
    return this.translating(async () => {
      try {
        return await read();
      } catch (error) {
        if (!this.isAboutRow(error)) throw error;
        return oneByOne();
      }
    });
  }

  /** Reads row by row. An unreadable row is returned empty, which no checksum matches. */
  private async readOneByOne(store: Store, keys: readonly number[]): Promise<(Row | undefined)[]> {
    const rows: (Row | undefined)[] = [];
    for (const key of keys) {
      rows.push(
        await this.db.get(store, key).catch((error) => {
          if (!this.isAboutRow(error)) throw error;
          return new Uint8Array(0);
        }),
      );
    }
    return rows;
  }

  private isAboutRow(error: unknown): boolean {
    return !this.loss && ROW_FAULTS.includes((error as Error).name);
  }
}
