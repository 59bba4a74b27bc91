import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

/** The path of a folder or file that `build` makes once in a run of tests, however many processes of the run ask for it. */
export async function builtOnce(name: string, build: (path: string) => Promise<unknown>): Promise<string> {
  // The processes of a run have the same parent. Playwright empties `test-results` when the next run begins.
  const place = join(root, 'test-results', `built-${process.ppid}`);
  const [path, lock, done] = [name, `${name}.lock`, `${name}.done`].map((each) => join(place, each));
  mkdirSync(place, { recursive: true });
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
  } catch {
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
