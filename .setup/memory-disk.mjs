// A folder in memory for the files of tests. Many of them flush every small change to the disk, and wait for that most of the time. Processes
// are killed in these tests, but the power is not cut, so what they find does not depend on the disk.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PLACE = '/dev/shm';
/** In containers it is often too small, or no programs can be started from it. */
const LEAST_BYTES = 3 * 2 ** 30;

/** Undefined where there is none that is good enough. */
export function memoryDisk() {
  try {
    const { bavail, bsize } = statfsSync(PLACE);
    return bavail * bsize >= LEAST_BYTES && startsPrograms() ? PLACE : undefined;
  } catch {
    return undefined;
  }
}

function startsPrograms() {
  const folder = mkdtempSync(join(PLACE, 'entendu-'));
  try {
    const program = join(folder, 'true');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o755);
    return spawnSync(program).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From now on, temporary files of this process and its children are in memory, unless the user has chosen a folder for them. */
export function keepFilesInMemory() {
  const folder = process.env.TMPDIR ?? memoryDisk();
  if (folder) process.env.TMPDIR = folder;
}
