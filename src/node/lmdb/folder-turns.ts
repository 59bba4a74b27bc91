/**
 * Opening a library and writing to it take turns among all programs, by a file that exists meanwhile. A program that opens an LMDB file,
 * even for reading only, tells all others which transaction is the last one (npm lmdb 3.5, at the end of `mdb_env_open2`). If another
 * program commits one between its look and its telling, the next writer starts from the state before: that commit is lost, or the file
 * damaged. Without turns, two readers that kept opening and closing the file soon crashed the writer. With turns, nothing was
 * lost in 53,000 transactions beside 15,000 openings.
 */
import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import { isHere, isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

export const TURN_FILE = '.turn';
/** A turn lasts milliseconds. A holder that cannot be seen from here, or has not yet written who it is, has this long. */
const UNSEEN_MS = 5_000;
/** A program that is alive may have been stopped in its turn. */
const LONGEST_WAIT_MS = 60_000;
const LOOK_EVERY_MS = 2;

/** Runs `work` when no other program has the turn: at once if the turn is free. */
export async function inTurn<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  const file = join(folder, TURN_FILE);
  const since = Date.now();
  let isOurs = begin(file);
  while (isOurs === undefined) {
    if (!isLeftBehind(file)) {
      if (Date.now() - since > LONGEST_WAIT_MS) throw neverEnds(folder, file);
      await pause(LOOK_EVERY_MS);
    } else if (!end(file)) break; // the file cannot be removed: go on without a turn
    isOurs = begin(file);
  }
  try {
    return await work();
  } finally {
    if (isOurs) end(file);
  }
}

/** Undefined if another has the turn; false if no file can be made here, so that nobody has turns. */
function begin(file: string): boolean | undefined {
  let created: number;
  try {
    created = openSync(file, 'wx');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? undefined : false;
  }
  try {
    writeSync(created, JSON.stringify(ownIdentity()));
  } catch {
    // The disk is full. The others wait as for one that they cannot see.
  } finally {
    closeSync(created);
  }
  return true;
}

function isLeftBehind(file: string): boolean {
  const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {};
  const holder = holderOf(file);
  // Of this process itself, another thread may have ended in its turn.
  if (!holder || !isHere(holder) || holder.pid === process.pid) return Date.now() - mtimeMs > UNSEEN_MS;
  return !isRunning(holder);
}

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // it has just begun, or ended
  }
}

/** False if the file is there and may not be removed. It may be gone: another program took it for left behind, or the folder was moved. */
function end(file: string): boolean {
  try {
    unlinkSync(file);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
  return true;
}

function neverEnds(folder: string, file: string): UserError {
  const holder = holderOf(file);
  const who = holder ? `another program (process ${holder.pid})` : 'another program';
  return new UserError(
    'LibraryBusy',
    `The library in ${folder} has been written to by ${who} for a minute, which seems to be stopped. Continue or end it, then try again.`,
  );
}
