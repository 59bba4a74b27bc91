/**
 * Allows one writer at a time. The writer is recorded in the database itself, so it does not matter by which path, link, thread or
 * process the folder was opened:
 *
 * - Opening for writing stores a row with a random token, the process and the machine, in one transaction.
 * - The row of a process that no longer exists is replaced at once. Processes of other containers or machines cannot be seen, so an
 *   open writer updates the time stamp of the file every two seconds.
 * - Every later transaction checks that the row still holds its own token. So a writer that was wrongly taken for dead cannot write.
 */
import { randomUUID } from 'node:crypto';
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { UserError } from '../../errors.ts';
import { giveRoomBack, makeRoom } from './disk-room.ts';
import { DATA_FILE } from './file-pages.ts';
import { isHere, isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import type { RowDatabase } from './row-keys.ts';

/** The database whose only row says who writes. */
export const LOCK_DATABASE = 'writer';
const KEY = Buffer.alloc(8);
const BEAT_MS = 2_000;
/** A writer whose time stamp is older than this is taken for dead. */
const SILENT_MS = 10_000;

interface LockOwner extends ProcessIdentity {
  token: string;
}

export interface WriterLock {
  /** Throws if another writer has taken over, or the file is no longer the one that was opened. Call it within the write transaction. */
  refuseIfLost(): void;
  /** Call it often: long work may keep the timer from updating the time stamp. */
  beatIfDue(): void;
  release(): void;
}

export function takeWriterLock(root: RootDatabase<Buffer, Buffer>, rows: RowDatabase, folder: string): WriterLock {
  const own: LockOwner = { token: randomUUID(), ...ownIdentity() };
  const isHeld = () => read(rows)?.token === own.token;
  root.transactionSync(() => {
    const other = read(rows);
    if (other && isAlive(other, folder)) throw busy(other, folder);
    makeRoom(folder, 0);
    rows.putSync(KEY, Buffer.from(JSON.stringify(own)));
  });
  const openedFile = statSync(join(folder, DATA_FILE)).ino;
  const isReplaced = () => statSync(join(folder, DATA_FILE), { throwIfNoEntry: false })?.ino !== openedFile;
  let lastBeat = Date.now();
  const beatNow = () => {
    lastBeat = Date.now();
    touch(folder);
  };
  const beat = setInterval(beatNow, BEAT_MS);
  beat.unref();
  return {
    refuseIfLost() {
      if (isReplaced())
        throw new UserError(
          'LibraryBusy',
          `Another program has moved or replaced the library in ${folder}. Open it again.`,
        );
      if (!isHeld()) throw new UserError('LibraryBusy', `Another program has taken over the library in ${folder}.`);
    },
    beatIfDue() {
      if (Date.now() - lastBeat > BEAT_MS) beatNow();
    },
    release() {
      clearInterval(beat);
      try {
        root.transactionSync(() => {
          if (isHeld()) rows.removeSync(KEY);
        });
        // Another one: what this transaction writes may need the room.
        if (!isReplaced()) root.transactionSync(() => giveRoomBack(folder));
      } catch {
        // The disk is full. The next writer will see that this process no longer exists.
      }
    },
  };
}

/** Throws while a process of another container or machine writes, because LMDB's table of readers does not work across containers. */
export function refuseForeignWriter(rows: RowDatabase | undefined, folder: string): void {
  const other = rows && read(rows);
  if (other && !isHere(other) && isAlive(other, folder)) throw busy(other, folder);
}

/** Throws while the process in this row is alive. For a damaged file, whose rows are read without LMDB. */
export function refuseWriter(row: Buffer, folder: string): void {
  const writer = writerOf(row);
  if (writer && isAlive(writer, folder)) throw busy(writer, folder);
}

const read = (rows: RowDatabase): LockOwner | undefined => writerOf(rows.get(KEY));

function writerOf(bytes: Buffer | undefined): LockOwner | undefined {
  try {
    return bytes && JSON.parse(bytes.toString());
  } catch {
    return undefined; // a damaged row is ignored
  }
}

function isAlive(owner: LockOwner, folder: string): boolean {
  const isSilent = Date.now() - statSync(join(folder, DATA_FILE)).mtimeMs > SILENT_MS;
  if (!isHere(owner)) return !isSilent;
  if (!isRunning(owner)) return false;
  // This process exists, but the thread that opened the library may have ended.
  return owner.pid !== process.pid || !isSilent;
}

function busy(owner: LockOwner, folder: string): UserError {
  const { pid } = owner;
  const who = !isHere(owner)
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
    // The folder no longer exists: the next write will report it.
  }
}
