import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../../src/library/library.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { BUSY, faultsOf } from '../support/live.ts';
import { buildProgram } from '../support/program.ts';
import { random } from '../support/random.ts';

/** Starts the child, kills it after so long without asking it, and tells what it said it had done. */
function livedAndKilled(program: string, folder: string, seed: number, milliseconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, folder, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === null ? resolve(said.split('\n').slice(0, -1)) : reject(new Error(`ended: ${code}`)),
    );
  });
}

test('a process killed at any moment leaves all that it reported, and nothing half there', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-kill-'));
  const program = await buildProgram('test/library/live-child.ts');
  const next = random(9);
  const reports: string[] = [];
  for (let life = 0; life < 6; life++) {
    const path = join(folder, 'library');
    const more = await livedAndKilled(program.path, path, 1 + life * 1000, next() * 250);
    reports.push(...more);
    expect(more.length).toBeGreaterThan(0);
    const library = await openLibrary(await openLmdb(path), BUSY);
    expect(await faultsOf(library, reports)).toEqual([]);
    await library.close();
  }
  rmSync(folder, { recursive: true });
  program.remove();
});
