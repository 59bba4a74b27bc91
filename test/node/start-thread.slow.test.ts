/** Real threads, in a pool: what they answer, and what becomes of those that hang or come to an end. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WorkerPool } from '../../src/learn/worker-pool.ts';
import { startThread } from '../../src/node/start-thread.ts';
import { builtProgram } from '../support/built-programs.ts';
import { temporaryFolder } from '../support/folder.ts';
import type { OddThread } from '../support/odd-thread.ts';

let program: URL;
const pools: WorkerPool<OddThread>[] = [];

beforeAll(async () => {
  program = pathToFileURL(await builtProgram('test/support/odd-thread.ts'));
});
const folder = temporaryFolder();
afterAll(() => folder.remove());
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function poolOfThreads(silenceSeconds?: number): WorkerPool<OddThread> {
  const pool = new WorkerPool(() => startThread<OddThread, [string]>(program, ['a word']), silenceSeconds);
  pools.push(pool);
  return pool;
}

test('a thread gets what it is given and answers', async () => {
  expect(await poolOfThreads().use((thread) => thread.given())).toBe('a word');
});

test('what the system refuses there is told here in words', async () => {
  const pool = poolOfThreads();
  await expect(pool.use((thread) => thread.read('/nowhere/at.all'))).rejects.toMatchObject({
    name: 'FileUnreadable',
    message: 'There is no folder "/nowhere".',
  });
  expect(await pool.use((thread) => thread.given())).toBe('a word');
});

test('one that is stuck is given up, and another one takes its place', async () => {
  const pool = poolOfThreads(0.5);
  await expect(pool.use((thread) => thread.hang())).rejects.toMatchObject({ name: 'WorkerLost', how: 'silent' });
  expect(await pool.use((thread) => thread.given())).toBe('a word');
});

test('one that takes long and tells of it is waited for', async () => {
  const told = poolOfThreads(0.6).use((thread, { alive }) => thread.tellForMs(1500, alive));
  expect(await told).toBe('done');
});

test('one that comes to an end by itself is noticed at once', async () => {
  const lost = poolOfThreads().use((thread) => thread.exit());
  await expect(lost).rejects.toMatchObject({ how: 'crashed', cause: 'exit code 3' });
});

describe.runIf(process.platform === 'linux')('needs /proc', () => {
  test('a program that a thread has started ends with it', async () => {
    const pool = poolOfThreads();
    const pid = await pool.use((thread) => thread.sleep());
    expect(isRunning(pid)).toBe(true);
    await pool.close();
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test('so does one that it starts while it is being ended', async () => {
    const file = folder.at('pid');
    const pool = poolOfThreads();
    await pool.use((thread) => thread.given());
    const lost = pool.use((thread) => thread.sleepAfter(20, file));
    await Promise.all([expect(lost).rejects.toMatchObject({ name: 'WorkerLost' }), pool.close()]);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

/** A zombie, which has ended but was not collected by the system yet, is not running. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
