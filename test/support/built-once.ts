import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
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
        rmdirSync(lock);
      }
    }
  }
  return path;
}

/** Takes the lock if nobody else has it. */
function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return false;
  } catch {
    return true;
  }
}
