/**
 * Is an LMDB file whole? LMDB may crash on one that is not, so that is found out before it is opened: every tree is followed, and
 * every page must be used exactly once or be free. Values are not looked at: rows carry checksums of their own.
 */
import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { UserError } from '../../errors.ts';
import { STORES } from '../../library/shelf/shelf.ts';
import { makeRoom, refuseFullDisk } from './disk-room.ts';
import { DATA_FILE, LOCK_FILE, type Meta, PageFile, type Tree } from './file-pages.ts';

const KEPT = '.damaged-';
/** Rows in one transaction. */
const COPIED_AT_ONCE = 1000;
const SALVAGE_FOLDER = '.salvage';
/** Nobody mends longer than this. */
const SALVAGE_MS = 600_000;

/** More comes from a damaged meta page: of address space, and of free pages at the end that were never written. */
const MOST_MAP_BYTES = 2 ** 46;
const MOST_MISSING_PAGES = 2 ** 20;
/** Meta pages. */
const FIRST_PAGE = 2;
/** A process that writes may use a page again while it is looked at: the check is then repeated. */
const TRIES = 5;
const TRY_AGAIN_MS = 20;

/** What is broken in the library's file, in a few words; undefined if nothing is. */
export function troubleIn(folder: string, isForWriting: boolean): string | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const file = new PageFile(join(folder, DATA_FILE), isForWriting);
    try {
      const { metas, isSound } = file.metas();
      const trouble = file.bytes === 0 ? 'it is empty' : isSound ? troubleOf(file, metas[0]) : 'its header is damaged';
      if (!trouble) return undefined;
      pause(TRY_AGAIN_MS);
      if (!isWrittenTo(folder, metas)) return trouble;
    } finally {
      file.close();
    }
  }
  return undefined; // whoever writes to it all the time sees to it
}

/** Whether a process has written to it meanwhile. */
function isWrittenTo(folder: string, before: readonly Meta[]): boolean {
  const file = new PageFile(join(folder, DATA_FILE));
  try {
    const { metas } = file.metas();
    return metas.length !== before.length || metas.some(({ transaction }, i) => transaction !== before[i].transaction);
  } finally {
    file.close();
  }
}

const pause = (milliseconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** The rows of a database that can be reached, without LMDB. */
function* rowsIn(file: PageFile, { main }: Meta, database: string): Generator<{ key: Buffer; value: Buffer }> {
  for (const store of file.rows(main)) {
    // LMDB keeps a name with the zero byte behind it.
    if (!store.isTree || store.key.toString() !== `${database}\0`) continue;
    for (const row of file.rows(file.tree(store))) {
      if (!row.isTree && row.key.length === 8) yield { key: row.key, value: file.value(row) };
    }
  }
}

/** Rows of a database in a damaged file, in its newest state. */
export function rowsInDamaged(folder: string, database: string): Buffer[] {
  const file = new PageFile(join(folder, DATA_FILE));
  try {
    const [newest] = file.metas().metas;
    return newest ? Array.from(rowsIn(file, newest, database), ({ value }) => value) : [];
  } finally {
    file.close();
  }
}

/** Puts a file with all rows that can be reached in place of a damaged one, which is kept under another name. */
export async function salvage(folder: string): Promise<void> {
  const fresh = join(folder, SALVAGE_FOLDER);
  beginSalvage(fresh, folder);
  const path = join(folder, DATA_FILE);
  const file = new PageFile(path);
  try {
    if (!troubleIn(folder, true)) return; // another program was faster
    // The older state fills in what the newer one has lost.
    const metas = file.metas().metas.reverse();
    refuseFullDisk(fresh);
    const root = open({ path: fresh, noSubdir: false, overlappingSync: false, maxDbs: 16 });
    try {
      makeRoom(fresh, Math.ceil(file.bytes / file.pageBytes));
      for (const name of STORES) {
        const rows = root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
        for (const meta of metas) copyRows(root, rows, rowsIn(file, meta, name));
      }
    } finally {
      await root.close();
    }
    linkSync(path, `${path}${KEPT}${Date.now()}`);
    renameSync(join(fresh, DATA_FILE), path);
    rmSync(join(folder, LOCK_FILE), { force: true });
  } finally {
    file.close();
    rmSync(fresh, { recursive: true, force: true });
  }
}

function copyRows(root: RootDatabase, to: Database<Buffer, Buffer>, from: ReturnType<typeof rowsIn>): void {
  for (let isMore = true; isMore; ) {
    root.transactionSync(() => {
      for (let count = 0; count < COPIED_AT_ONCE && isMore; count++) {
        const { value: row } = from.next();
        if (row) to.putSync(row.key, row.value);
        isMore = row !== undefined;
      }
    });
  }
}

/** One program at a time: the folder is there while it works, and is left behind if it is killed. */
function beginSalvage(fresh: string, folder: string): void {
  try {
    if (Date.now() - statSync(fresh).mtimeMs > SALVAGE_MS) rmSync(fresh, { recursive: true, force: true });
  } catch {
    // There is none.
  }
  try {
    mkdirSync(fresh);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UserError('LibraryBusy', `Another program is mending the library in ${folder}. Try again in a minute.`);
  }
}

/** The damaged files that `salvage` kept. */
export function keptFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${DATA_FILE}${KEPT}`));
  return names.sort().map((name) => join(folder, name));
}

function troubleOf(file: PageFile, meta: Meta): string | undefined {
  const { lastPage, pageBytes, mapBytes } = meta;
  const pages = Math.ceil(file.bytes / pageBytes);
  if (!(mapBytes <= MOST_MAP_BYTES) || !(lastPage < pages + MOST_MISSING_PAGES)) return 'its sizes make no sense';
  const check = new UsedPages(file, lastPage);
  for (const leaf of check.rows(meta.free)) check.markFree(file.value(leaf));
  for (const store of check.rows(meta.main)) {
    if (!store.isTree) continue;
    const tree = file.tree(store);
    if (tree.flags !== 0) return `the flags of “${store.key}” make no sense`;
    for (const _ of check.rows(tree));
  }
  check.expectFree(pages);
  return check.trouble;
}

/** Follows trees, and notes which pages they use. */
class UsedPages {
  trouble: string | undefined;
  private readonly isUsed: Uint8Array;

  constructor(
    private readonly file: PageFile,
    private readonly lastPage: number,
  ) {
    this.isUsed = new Uint8Array(lastPage + 1);
  }

  *rows(tree: Tree) {
    const found = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 };
    const visitor = {
      branch: (page: number) => {
        found.branchPages++;
        this.mark(page);
      },
      leaf: (page: number) => {
        found.leafPages++;
        this.mark(page);
      },
      overflow: (first: number, pages: number) => {
        found.overflowPages += pages;
        for (let page = first; page < first + pages; page++) this.mark(page);
      },
      damaged: (what: string) => this.tell(what),
    };
    for (const row of this.file.rows(tree, visitor)) {
      found.entries++;
      yield row;
    }
    for (const [name, count] of Object.entries(found)) {
      if (tree[name as keyof typeof found] !== count) this.tell('it says that it holds more or less than it does');
    }
  }

  /** A row of the tree of free pages: count, then as many numbers of 64 bits: a page, -n before the first of n pages, or 0. */
  markFree(list: Buffer): void {
    const count = list.length >= 8 ? Number(list.readBigInt64LE(0)) : -1;
    if (count < 0 || list.length < 8 * (count + 1)) this.tell('its list of free pages is cut short');
    else this.markEach(list, count);
  }

  /** Pages beyond the end of the file, from this one on, can only be free ones. */
  expectFree(firstMissing: number): void {
    if (this.isUsed.subarray(firstMissing).includes(0)) this.tell('pages at its end are missing');
  }

  private markEach(list: Buffer, count: number): void {
    for (let i = 1; i <= count; i++) {
      const number = Number(list.readBigInt64LE(8 * i));
      if (number === 0) continue;
      const pages = number < 0 ? Math.min(-number, this.lastPage + 1) : 1;
      const first = number < 0 ? Number(list.readBigInt64LE(8 * Math.min(count, ++i))) : number;
      for (let page = first; page < first + pages; page++) this.mark(page);
    }
  }

  private mark(page: number): void {
    if (page < FIRST_PAGE || page > this.lastPage || this.isUsed[page]) this.tell(`page ${page} is used twice`);
    else this.isUsed[page] = 1;
  }

  private tell(what: string): void {
    this.trouble ??= what;
  }
}
