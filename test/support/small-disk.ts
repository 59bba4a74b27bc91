/** A disk of a few kilobytes that can be filled up: a tmpfs, which only root may mount. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './folder.ts';

export interface SmallDisk {
  at(name: string): string;
  /** Fills the disk so that this many bytes are free, rounded to 4 kB, if there are that many. */
  leave(bytes: number): void;
  remove(): void;
}

/** Undefined where mounting is not permitted. */
export function smallDisk(bytes: number): SmallDisk | undefined {
  const { path, remove } = temporaryFolder();
  chmodSync(path, 0o711); // other users may use it, too
  const disk = join(path, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', disk]).status === 0;
  if (!mounted) {
    remove();
    return undefined;
  }
  const filler = join(disk, 'filler');
  return {
    at: (name) => join(disk, name),
    leave(left) {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(disk);
      try {
        writeFileSync(filler, new Uint8Array(Math.max(0, bavail * bsize - left)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error; // others wrote meanwhile: it is full
      }
    },
    remove() {
      spawnSync('umount', ['--lazy', disk]);
      remove();
    },
  };
}
