/**
 * Allocates disk space for a batch before LMDB writes it. If LMDB itself runs into a full disk, it corrupts the memory of the process
 * (npm lmdb 3.5, "free(): invalid pointer"). So the file is extended with zeros here, and LMDB only writes to allocated blocks. A full
 * disk is then an ordinary system error, before anything has changed.
 */
import { closeSync, ftruncateSync, openSync, statfsSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { PAGE_BYTES } from './batch-pages.ts';
import { DATA_FILE, LOCK_FILE, PageFile } from './file-pages.ts';

/** An empty library takes 56 kB, including its lock file. */
const NEW_BYTES = 2 ** 16;
const WRITTEN_AT_ONCE = 2 ** 20;
/** Reserve for what is not counted: splits, the list of free pages, the row of the writer. */
const SPARE_PAGES = 24;
/** Extend by more than is needed, if there is room, so that not every batch extends the file. */
const AHEAD_PAGES = 64;

/**
 * Throws the system's error if there is no room for this many pages. Call it within a write transaction: nothing else may write
 * meanwhile, and LMDB itself writes when the transaction ends.
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

/** LMDB maps its lock file into memory. If the disk has no room for the used part, the process dies (SIGBUS). */
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
