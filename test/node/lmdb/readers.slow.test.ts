/** Readers in other processes, beside one that adds, removes, imports, seals and merges. */
import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { builtProgram } from '../../support/built-programs.ts';
import { temporaryFolder } from '../../support/folder.ts';

const folder = temporaryFolder();
let [writer, reader]: string[] = [];
beforeAll(async () => {
  writer = await builtProgram('test/library/live-child.ts');
  reader = await builtProgram('test/node/lmdb/reader-program.ts');
});
afterAll(() => {
  folder.remove();
});

/** Of each reader. */
const LOOKS = 6;

interface Running {
  child: ChildProcess;
  /** What it has written so far. */
  lines(): string[];
}

const running: Running[] = [];
afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL');
});

function start(...words: string[]): Running {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  const started = { child, lines: () => out.split('\n').slice(0, -1) };
  running.push(started);
  return started;
}

/** Until every one of them has written so many lines, the last of which is news. */
async function written(some: readonly Running[], count: number, isNews = (_lines: string[]) => true): Promise<void> {
  while (some.some(({ lines }) => lines().length < count || !isNews(lines()))) {
    expect(running.filter(({ child }) => child.exitCode !== null || child.signalCode !== null)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('beside a writer, every look of every reader sees whole tracks only, and finds them', {
  timeout: 180_000,
}, async () => {
  const path = folder.at('library');
  await written([start(writer, path, '1', '20')], 10);
  const readers = [['stay'], [], []].map((words) => start(reader, path, ...words));
  // A busy writer may add nothing during six looks.
  const tracksIn = (line = '{}'): number => JSON.parse(line).tracks;
  await written(readers, LOOKS, (lines) => tracksIn(lines.at(-1)) > tracksIn(lines[0]));
  for (const { lines } of readers) {
    const looks = lines().map((line) => JSON.parse(line));
    expect(looks.flatMap(({ faults }) => faults)).toEqual([]);
    expect(looks.at(-1).tracks).toBeGreaterThan(looks[0].tracks);
    expect(looks.at(-1).segments).toBeGreaterThan(0);
  }
});
