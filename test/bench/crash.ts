/**
 * `npm run bench -- crash [--tracks 1000] [--kills 10] [--music FOLDER] [--material FILE]`: a process that learns is killed
 * without being asked, again and again; how long its library takes to open then.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../../src/library/library.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { matching } from '../support/matching.ts';
import { random } from '../support/random.ts';
import { material } from './library-material.ts';
import { type Measured, measured, rounded } from './table.ts';

/** Starts the process and kills it so many milliseconds after it began to learn. */
function livedAndKilled(args: string[], milliseconds: number): Promise<void> {
  const program = ['.setup/run.mjs', 'test/bench/crash-child.ts', ...args];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
  return new Promise((resolve, reject) => {
    child.on('close', (code) => (code === null ? resolve() : reject(new Error(`ended: ${code}`))));
  });
}

export async function run(args: string[]): Promise<Measured> {
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const [tracks, kills] = [option('--tracks') ?? '1000', Number(option('--kills') ?? 10)];
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const kept = option('--material') ?? join(folder, 'material');
  await material(option('--music'), kept);
  const [next, times]: [() => number, number[]] = [random(5), []];
  const path = join(folder, 'library');
  for (let i = 0; i < kills; i++) {
    await livedAndKilled([kept, path, tracks], next() * 5000);
    const start = performance.now();
    const library = await openLibrary(await openLmdb(path), matching);
    times.push(performance.now() - start);
    const { damaged } = await library.status();
    if (damaged.length > 0) throw new Error(damaged.join(' '));
    await library.close();
  }
  rmSync(folder, { recursive: true });
  times.sort((a, b) => a - b);
  return measured({
    title: `Opening a library of ${tracks} tracks after its process was killed, ${kills} times`,
    rows: [
      { what: 'half within', value: rounded(times[times.length >> 1]), unit: 'ms' },
      { what: 'longest', value: rounded(Math.max(...times)), unit: 'ms', note: 'under 1000' },
    ],
  });
}
