/**
 * Lets one program at a time open a library for writing, by a folder that exists meanwhile. When several open an LMDB file in the same
 * moment, one of them may not see what another has just committed (npm lmdb 3.5), and both are told that they may write: about once in a
 * thousand times of four programs on a busy machine.
 */
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const TURN_FOLDER = '.opening';
/** Opening takes some milliseconds. A program that was killed meanwhile is not waited for. */
const LONGEST_MS = 5_000;
const LOOK_EVERY_MS = 5;

export async function inTurn<T>(folder: string, open: () => Promise<T>): Promise<T> {
  const turn = join(folder, TURN_FOLDER);
  const isOurs = await begin(turn);
  try {
    return await open();
  } finally {
    if (isOurs) end(turn);
  }
}

/** False if no folder can be made here, for example because the disk is full: then nobody waits for anybody. */
async function begin(turn: string): Promise<boolean> {
  for (;;) {
    try {
      mkdirSync(turn);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
    if (isLeftBehind(turn)) end(turn);
    else await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function isLeftBehind(turn: string): boolean {
  const { mtimeMs = Date.now() } = statSync(turn, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > LONGEST_MS;
}

function end(turn: string): void {
  try {
    rmdirSync(turn);
  } catch {
    // Another program took it for left behind.
  }
}
