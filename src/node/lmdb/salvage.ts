/**
 * Recovers a damaged LMDB file: copies what can be read to a new file, which then replaces the damaged one. The latter is kept under
 * another name.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { UserError } from '../../errors.ts';
import { STORES } from '../../library/shelf/shelf.ts';
import { troubleIn } from './check-file.ts';
import { makeRoom, refuseFullDisk } from './disk-room.ts';
import { DATA_FILE, LOCK_FILE, PageFile } from './file-pages.ts';
import type { Meta } from './page-layout.ts';

const KEPT = '.damaged-';
/** Rows per transaction. */
const COPIED_AT_ONCE = 1000;
const SALVAGE_FOLDER = '.salvage';
/** A repair does not take longer than this. */
const SALVAGE_MS = 600_000;

/** The reachable rows of a database, read without LMDB. */
function* rowsIn(file: PageFile, { main }: Meta, database: string): Generator<{ key: Buffer; value: Buffer }> {
  for (const store of file.rows(main)) {
    // LMDB stores names with a terminating zero byte.
    if (!store.isTree || store.key.toString() !== `${database}\0`) continue;
    for (const row of file.rows(file.tree(store))) {
      if (!row.isTree && row.key.length === 8) yield { key: row.key, value: file.value(row) };
    }
  }
}

/** The rows of a database in a damaged file, in its newest state. */
export function rowsInDamaged(folder: string, database: string): Buffer[] {
  const file = new PageFile(join(folder, DATA_FILE));
  try {
    const [newest] = file.metas().metas;
    return newest ? Array.from(rowsIn(file, newest, database), ({ value }) => value) : [];
  } finally {
    file.close();
  }
}

/** Replaces a damaged file by one with all reachable rows; keeps the damaged one under another name. */
export async function salvage(folder: string): Promise<void> {
  const working = join(folder, SALVAGE_FOLDER);
  beginSalvage(working, folder);
  // A unique name: a program that takes this one for dead deletes this folder, and then this one replaces nothing.
  const fresh = join(working, randomUUID());
  mkdirSync(fresh);
  const path = join(folder, DATA_FILE);
  const file = new PageFile(path);
  try {
    if (!troubleIn(folder, true)) return; // another program has repaired it
    // Take rows from the older state that are missing in the newer one.
    const metas = file.metas().metas.reverse();
    refuseFullDisk(fresh);
    const root = open({ path: fresh, noSubdir: false, overlappingSync: false, maxDbs: 16, pageSize: file.pageBytes });
    try {
      makeRoom(fresh, Math.ceil(file.bytes / file.pageBytes));
      for (const name of STORES) {
        const rows = root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
        for (const meta of metas) copyRows(root, rows, rowsIn(file, meta, name));
      }
    } finally {
      await root.close();
    }
    exchange(join(fresh, DATA_FILE), folder);
  } finally {
    file.close();
    rmSync(fresh, { recursive: true, force: true });
    rmdirIfEmpty(working);
  }
}

/** After renaming, others may open the library, so the lock file of the damaged one must be deleted before. */
function exchange(fresh: string, folder: string): void {
  const path = join(folder, DATA_FILE);
  const kept = `${path}${KEPT}${Date.now()}`;
  linkSync(path, kept);
  try {
    rmSync(join(folder, LOCK_FILE), { force: true });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(kept);
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? beingMended(folder) : error;
  }
}

/** The folder is not empty if another program took over. */
function rmdirIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // The folder belongs to the other program.
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

/** Excludes other programs by a folder, which exists during the repair. It is left behind if the program is killed. */
function beginSalvage(working: string, folder: string): void {
  try {
    if (Date.now() - statSync(working).mtimeMs > SALVAGE_MS) rmSync(working, { recursive: true, force: true });
  } catch {
    // The folder does not exist.
  }
  try {
    mkdirSync(working);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw beingMended(folder);
  }
}

const beingMended = (folder: string) =>
  new UserError('LibraryBusy', `Another program is repairing the library in ${folder}. Try again in a minute.`);

/** The damaged files that `salvage` has kept. */
export function keptFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${DATA_FILE}${KEPT}`));
  return names.sort().map((name) => join(folder, name));
}
