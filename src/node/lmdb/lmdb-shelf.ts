/**
 * The library's shelf in Node: an LMDB environment in a folder, with one named database per store.
 *
 * Every write is one synchronous LMDB transaction, flushed to disk before it returns. LMDB provides atomic batches, crash safety and
 * readers in other processes; `writer-lock.ts` ensures that only one library writes. See `FORMAT.md` for the bytes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { UserError } from '../../errors.ts';
import { type Change, type Row, type Shelf, STORES, type Store } from '../../library/shelf/shelf.ts';
import { makeFolder } from '../system/make-folder.ts';
import { PAGE_BYTES, pagesOf, type StoreBefore } from './batch-pages.ts';
import { diskFull, freeBytes, makeRoom, refuseFullDisk } from './disk-room.ts';
import { DATA_FILE } from './file-pages.ts';
import { inTurn } from './folder-turns.ts';
import { lossesOf, mend, refuseOtherFolders } from './library-folder.ts';
import { keyBytes, keyOf, keysIn, type RowDatabase, rangeOf } from './row-keys.ts';
import { LOCK_DATABASE, refuseForeignWriter, takeWriterLock, type WriterLock } from './writer-lock.ts';

/** Values and keys are plain bytes: no msgpack, no compression. */
const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;
/** The default is that of the system, which is 16 kB on some Macs. */
const ENVIRONMENT = { noSubdir: false, overlappingSync: false, maxDbs: 16, pageSize: PAGE_BYTES, ...BYTES };
/** If less than this is free, in bytes besides the batch itself, a failed write is reported as a full disk. */
const SPARE_BYTES = 2 ** 18;

/** As LMDB's package names them. */
interface TreeStats {
  treeLeafPageCount: number;
  treeBranchPageCount: number;
  treeDepth: number;
}

export async function openLmdb(folder: string, { readOnly = false } = {}): Promise<Shelf> {
  refuseOtherFolders(folder, readOnly);
  if (!readOnly) makeFolder(folder);
  if (existsSync(join(folder, DATA_FILE))) await mend(folder, readOnly);
  refuseFullDisk(folder);
  return inTurn(folder, () => opened(folder, readOnly));
}

async function opened(folder: string, readOnly: boolean): Promise<Shelf> {
  let root: RootDatabase<Buffer, Buffer> | undefined;
  try {
    root = open({ path: folder, readOnly, ...ENVIRONMENT });
    const stores = new Map(
      STORES.map((store) => [store, root?.openDB({ name: store, ...BYTES }) as RowDatabase | undefined]),
    );
    const owners = root.openDB({ name: LOCK_DATABASE, ...BYTES });
    if (readOnly) refuseForeignWriter(owners, folder);
    const lock = readOnly ? undefined : takeWriterLock(root, owners, folder);
    return new LmdbShelf(folder, root, stores, lock, lossesOf(folder));
  } catch (error) {
    await root?.close();
    throw translated(error, folder, 0);
  }
}

class LmdbShelf implements Shelf {
  private isClosed = false;

  constructor(
    private readonly folder: string,
    private readonly root: RootDatabase<Buffer, Buffer>,
    /** An older library that is opened read-only may lack one. */
    private readonly stores: ReadonlyMap<Store, RowDatabase | undefined>,
    private readonly lock: WriterLock | undefined,
    readonly damaged: readonly string[],
  ) {}

  get isReadOnly(): boolean {
    return this.lock === undefined;
  }

  read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]> {
    return this.reading(store, (rows) =>
      Array.from(keys, (key) => {
        const bytes = rows?.get(keyBytes(key));
        return bytes && rowOf(bytes);
      }),
    );
  }

  list(store: Store, from?: number, below?: number): Promise<[key: number, row: Row][]> {
    return this.reading(store, (rows) => {
      const range = rows && rangeOf(from, below);
      if (!range) return [];
      return Array.from(rows.getRange(range), ({ key, value }) => [keyOf(key), rowOf(value)]);
    });
  }

  keys(store: Store, from?: number, below?: number): Promise<number[]> {
    return this.reading(store, (rows) => (rows ? keysIn(rows, from, below) : []));
  }

  /** A `lazy` batch is flushed, too: without that, LMDB's file may be unreadable after a power failure. */
  async write(changes: readonly Change[]): Promise<void> {
    this.refuseIfClosed();
    const { lock } = this;
    if (!lock) throw new UserError('LibraryBusy', 'The library was opened for reading only.');
    if (changes.length === 0) return;
    try {
      await inTurn(this.folder, () =>
        this.root.transactionSync(() => {
          lock.refuseIfLost();
          makeRoom(
            this.folder,
            pagesOf(changes, this.rowsRemoved(changes), (store) => this.before(store)),
          );
          for (const change of changes) this.make(change);
        }),
      );
    } catch (error) {
      throw translated(error, this.folder, bytesOf(changes));
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const { lock } = this;
    try {
      if (lock) await inTurn(this.folder, () => lock.release());
    } finally {
      await this.root.close();
    }
  }

  private rowsRemoved(changes: readonly Change[]): number {
    return changes.reduce((sum, change) => {
      if ('row' in change) return sum;
      const rows = this.stores.get(change.store) as RowDatabase;
      return sum + keysIn(rows, change.from, change.below).length;
    }, 0);
  }

  private before(store: Store): StoreBefore {
    const rows = this.stores.get(store) as RowDatabase;
    const [lastKey] = Array.from(rows.getKeys({ reverse: true, limit: 1 }), keyOf);
    const { treeLeafPageCount, treeBranchPageCount, treeDepth } = rows.getStats() as TreeStats;
    return { leafPages: treeLeafPageCount, branchPages: treeBranchPageCount, depth: treeDepth, lastKey };
  }

  private make(change: Change): void {
    const rows = this.stores.get(change.store) as RowDatabase;
    if ('row' in change) rows.putSync(keyBytes(change.key), Buffer.from(change.row.buffer));
    else for (const key of keysIn(rows, change.from, change.below)) rows.removeSync(keyBytes(key));
  }

  /** Everything in `read` comes from one snapshot, the newest. */
  private async reading<T>(store: Store, read: (rows: RowDatabase | undefined) => T): Promise<T> {
    this.refuseIfClosed();
    this.lock?.beatIfDue();
    try {
      this.root.resetReadTxn();
      return read(this.stores.get(store));
    } catch (error) {
      throw translated(error, this.folder, 0);
    }
  }

  private refuseIfClosed(): void {
    if (this.isClosed) throw new UserError('LibraryClosed', 'The library was closed.');
  }
}

/** LMDB's package gives a copy already, mostly in a buffer of its own. */
function rowOf(bytes: Buffer): Row {
  const isAlone = bytes.byteLength === bytes.buffer.byteLength;
  return new Uint8Array(isAlone ? (bytes.buffer as ArrayBuffer) : bytes);
}

const bytesOf = (changes: readonly Change[]) =>
  changes.reduce((sum, change) => sum + ('row' in change ? change.row.length : 0), 0);

/** Translates an error of LMDB or the system into one that the user can act on. */
function translated(error: unknown, folder: string, bytes: number): unknown {
  if (error instanceof UserError) return error;
  const { message } = error as Error;
  if (freeBytes(folder) < bytes + SPARE_BYTES || /no space|quota/i.test(message)) return diskFull(error);
  if (/permission|access|read-only/i.test(message)) {
    return new UserError('FileUnreadable', `The library in ${folder} may not be read or written: ${message}.`, {
      cause: error,
    });
  }
  return new UserError('LibraryDamaged', `The library in ${folder} cannot be used: ${message}.`, { cause: error });
}
