import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../../src/library/library.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { builtProgram } from '../support/built-programs.ts';
import { livedAndKilled } from '../support/killed.ts';
import { BUSY, faultsOf } from '../support/live.ts';
import { random } from '../support/random.ts';

test('a process killed at any moment leaves all that it reported, and nothing half there', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-kill-'));
  const program = await builtProgram('test/library/live-child.ts');
  const next = random(9);
  const reports: string[] = [];
  for (let life = 0; life < 6; life++) {
    const path = join(folder, 'library');
    const more = await livedAndKilled(program, path, 1 + life * 1000, next() * 250);
    reports.push(...more);
    expect(more.length).toBeGreaterThan(0);
    const library = await openLibrary(await openLmdb(path), BUSY);
    expect(await faultsOf(library, reports)).toEqual([]);
    await library.close();
  }
  rmSync(folder, { recursive: true });
});
