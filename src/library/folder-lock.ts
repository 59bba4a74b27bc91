import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';

/** Folders that this process has opened for writing. */
const held = new Set<string>();

/** One writer at a time: a file `lock` names the process that writes. One left by a process that is gone is taken over. */
export function lockFolder(folder: string): { release(): void } {
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      held.add(path);
      return {
        release() {
          held.delete(path);
          unlinkSync(path);
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const writer = Number(readFileSync(path, 'utf8'));
    if (held.has(path) || (writer !== process.pid && isRunning(writer))) {
      throw new UserError('LibraryBusy', `Another program (process ${writer}) is writing to this library.`);
    }
    unlinkSync(path);
  }
  throw new UserError('LibraryBusy', 'Another program is writing to this library.');
}

function isRunning(process_: number): boolean {
  if (!(process_ > 0)) return false;
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
