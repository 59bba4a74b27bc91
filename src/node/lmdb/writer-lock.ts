/**
 * One writer at a time. Who writes stands in the database itself, so it makes no difference by which path, link, thread or process
 * the folder was opened:
 *
 * - Opening for writing puts a row with a random token, the process and the machine, inside one transaction.
 * - The row of a process that is gone is replaced at once. Whether a process of another container or machine is gone cannot
 *   be seen from here: while a library is open for writing, the time stamp of its file is renewed every two seconds.
 * - Every later transaction checks that the row still holds its own token. A writer that was taken for dead writes nothing more.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, statSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { UserError } from '../../errors.ts';
import { giveRoomBack, makeRoom } from './disk-room.ts';
import { DATA_FILE } from './file-pages.ts';
import type { Rows } from './lmdb-shelf.ts';

const KEY = Buffer.alloc(8);
const BEAT_MS = 2_000;
/** A writer whose last sign of life is older than this is taken for dead. */
const SILENT_MS = 10_000;

interface Writer {
  token: string;
  pid: number;
  /** Tells a process from a later one with the same id; empty where the system does not say. */
  started: string;
  /** The processes that can see one another: one boot of one machine, or of one container. */
  place: string;
}

export interface WriterLock {
  /** Throws if another writer has taken over; to be called within the transaction that writes. */
  refuseIfLost(): void;
  release(): void;
}

export function takeWriterLock(root: RootDatabase<Buffer, Buffer>, rows: Rows, folder: string): WriterLock {
  const own: Writer = {
    token: randomUUID(),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    place: placeHere(),
  };
  const isHeld = () => read(rows)?.token === own.token;
  root.transactionSync(() => {
    const other = read(rows);
    if (other && isAlive(other, folder)) throw busy(other, folder);
    makeRoom(folder, 0);
    rows.putSync(KEY, Buffer.from(JSON.stringify(own)));
  });
  const beat = setInterval(() => touch(folder), BEAT_MS);
  beat.unref();
  return {
    refuseIfLost() {
      if (!isHeld()) throw new UserError('LibraryBusy', `Another program has taken over the library in ${folder}.`);
    },
    release() {
      clearInterval(beat);
      try {
        root.transactionSync(() => {
          if (isHeld()) rows.removeSync(KEY);
        });
        // Another one: what this transaction writes may need the room.
        root.transactionSync(() => giveRoomBack(folder));
      } catch {
        // The disk is full: whoever comes next sees that this process is gone.
      }
    },
  };
}

/** LMDB's table of readers does not work across containers: refuses while one of another container or machine writes. */
export function refuseForeignWriter(rows: Rows | undefined, folder: string): void {
  const other = rows && read(rows);
  if (other && other.place !== placeHere() && isAlive(other, folder)) throw busy(other, folder);
}

/** Refuses while whoever this row names is alive; for a damaged file, whose rows are read without LMDB. */
export function refuseWriter(row: Buffer, folder: string): void {
  const writer = writerOf(row);
  if (writer && isAlive(writer, folder)) throw busy(writer, folder);
}

const read = (rows: Rows): Writer | undefined => writerOf(rows.get(KEY));

function writerOf(bytes: Buffer | undefined): Writer | undefined {
  try {
    return bytes && JSON.parse(bytes.toString());
  } catch {
    return undefined; // a damaged row belongs to nobody
  }
}

function isAlive({ pid, started, place }: Writer, folder: string): boolean {
  const isSilent = Date.now() - statSync(join(folder, DATA_FILE)).mtimeMs > SILENT_MS;
  if (place !== placeHere()) return !isSilent;
  if (!isRunning(pid)) return false;
  if (started && startOf(pid) !== started) return false;
  // Our own process lives, but the thread that opened the library may have been ended.
  return pid !== process.pid || !isSilent;
}

function busy({ pid, place }: Writer, folder: string): UserError {
  const who =
    place !== placeHere()
      ? `a program on another machine or in another container (process ${pid})`
      : pid === process.pid
        ? 'this program itself'
        : `another program (process ${pid})`;
  return new UserError('LibraryBusy', `The library in ${folder} is in use by ${who}. Close it there first.`);
}

function touch(folder: string): void {
  const now = new Date();
  try {
    utimesSync(join(folder, DATA_FILE), now, now);
  } catch {
    // The folder is gone: the next write will say so.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return true;
}

/** When a process began, in ticks since boot; undefined where that cannot be seen, and for one that has ended. */
function startOf(pid: number): string | undefined {
  try {
    // The name, in brackets, may hold anything; the state is the first field after it, the start the twentieth.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function placeHere(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
