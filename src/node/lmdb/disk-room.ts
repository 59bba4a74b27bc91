/**
 * Room for a batch, taken before LMDB writes it. When a write of LMDB's own finds the disk full, LMDB corrupts the memory of the
 * process (npm lmdb 3.5, "free(): invalid pointer"). So the file is lengthened here, with zeros, and LMDB only writes where there are
 * blocks already: a full disk is then an ordinary error of the system, before anything has changed.
 */
import { closeSync, ftruncateSync, openSync, statfsSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Change } from '../../library/shelf/shelf.ts';
import { DATA_FILE, LOCK_FILE, PageFile } from './file-pages.ts';

/** An empty library takes 56 kB, its lock file included. */
const NEW_BYTES = 2 ** 16;
const PAGE_BYTES = 4096;
const WRITTEN_AT_ONCE = 2 ** 20;
/** For what is not counted: splits, the list of free pages, the row of whoever writes. */
const SPARE_PAGES = 24;
/** More than is needed, where there is room for it, so that not every batch lengthens the file. */
const AHEAD_PAGES = 64;
/** Branches and the leaf above a row, which are written anew with it. */
const PAGES_ABOVE = 4;
/** Of rows taken away in a row. LMDB uses the pages of those before; what remains is the list of free pages. */
const ROWS_A_PAGE = 100;

/** Pages that a batch takes at most; `removed` are the rows that its removals take away. */
export function pagesOf(changes: readonly Change[], removed: number): number {
  const added = changes.reduce(
    (sum, change) => sum + PAGES_ABOVE + ('row' in change ? Math.ceil(change.row.length / PAGE_BYTES) : 0),
    0,
  );
  return added + Math.ceil(removed / ROWS_A_PAGE);
}

/**
 * Throws what the system says if there is no room for so many pages. To be called within a transaction that writes: nobody else may
 * write meanwhile, and LMDB itself writes when the transaction ends.
 */
export function makeRoom(folder: string, pages: number): void {
  const path = join(folder, DATA_FILE);
  const { bytes, usedBytes } = sizesOf(path);
  const neededBytes = usedBytes + (pages + SPARE_PAGES) * PAGE_BYTES;
  if (bytes >= neededBytes) return;
  try {
    lengthen(path, bytes, neededBytes + AHEAD_PAGES * PAGE_BYTES);
  } catch {
    lengthen(path, bytes, neededBytes);
  }
}

/**
 * Cuts off what was taken and not used, but leaves enough for opening the library and removing tracks when the disk is full. Call it
 * within a transaction that writes.
 */
export function giveRoomBack(folder: string): void {
  const path = join(folder, DATA_FILE);
  const { bytes, usedBytes } = sizesOf(path);
  const keptBytes = usedBytes + 2 * SPARE_PAGES * PAGE_BYTES;
  if (bytes > keptBytes) truncateSync(path, keptBytes);
}

function sizesOf(path: string): { bytes: number; usedBytes: number } {
  const file = new PageFile(path);
  try {
    const [newest] = file.metas().metas;
    return { bytes: file.bytes, usedBytes: newest ? (newest.lastPage + 1) * newest.pageBytes : file.bytes };
  } finally {
    file.close();
  }
}

function lengthen(path: string, from: number, to: number): void {
  const file = openSync(path, 'r+');
  try {
    const zeros = Buffer.alloc(Math.min(to - from, WRITTEN_AT_ONCE));
    for (let at = from; at < to; ) at += writeSync(file, zeros, 0, Math.min(to - at, zeros.length), at);
  } catch (error) {
    ftruncateSync(file, from);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** LMDB maps its lock file into memory. Where the disk has no room for the part in use, that ends the process (SIGBUS). */
export function refuseFullDisk(folder: string): void {
  const files = [DATA_FILE, LOCK_FILE].map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  const haveBlocks = files.every((file) => file && file.blocks > 0);
  if (!haveBlocks && freeBytes(folder) < NEW_BYTES) throw diskFull();
}

export const diskFull = (cause?: unknown) =>
  new UserError('StorageFull', 'The disk is full. Free some space and try again.', { cause });

export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
