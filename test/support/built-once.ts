/**
 * What several test files need and takes long to make, such as the built command line, is made once in a run. It lies in a folder that
 * lasts as long as the run: `npm test` makes it for all its parts; Vitest and Playwright, started alone, make their own.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

/** Makes the folder, unless this is part of a larger run. Returns a function that removes it. Vitest and Playwright call this first. */
export default function beginRun(): () => void {
  if (process.env.TEST_RUN) return () => {};
  // Within the project, so that programs in it find their packages.
  const folder = join(root, 'dist', `test-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env.TEST_RUN = folder; // its workers inherit it
  return () => {
    rmSync(folder, { recursive: true, force: true });
    delete process.env.TEST_RUN;
  };
}

/** The path of a folder or file that `build` makes once in a run of tests, however many processes of the run ask for it. */
export async function builtOnce(name: string, build: (path: string) => Promise<unknown>): Promise<string> {
  const { TEST_RUN } = process.env;
  if (!TEST_RUN) throw new Error('beginRun() was not called');
  const [path, lock, done] = [name, `${name}.lock`, `${name}.done`].map((each) => join(TEST_RUN, each));
  while (!existsSync(done)) {
    if (isTaken(lock)) await setTimeout(100);
    else {
      try {
        if (!existsSync(done)) await build(path);
        writeFileSync(done, '');
      } finally {
        rmSync(lock, { force: true });
      }
    }
  }
  return path;
}

/** Takes the lock unless a process that still runs has it. */
function isTaken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return true;
  }
}

function isAbandoned(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
