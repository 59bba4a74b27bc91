import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Started, WorkerLost, WorkerPool } from '../../src/learn/worker-pool.ts';

const never = new Promise<never>(() => {});

/** A pool of workers that are told apart by their numbers. */
function poolOf(silenceSeconds?: number) {
  const crash: ((cause: unknown) => void)[] = [];
  const ended: number[] = [];
  const pool = new WorkerPool<number>((): Started<number> => {
    const number = crash.length;
    const crashed = new Promise((resolve) => crash.push(resolve));
    return { remote: Promise.resolve(number), crashed, end: () => void ended.push(number) };
  }, silenceSeconds);
  return { pool, crash, ended };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a worker is used again, and another one is started only when all are busy', async () => {
  const { pool } = poolOf();
  const which = () => pool.use(async (worker) => worker);
  expect(await which()).toBe(0);
  expect(await which()).toBe(0);
  expect(await Promise.all([which(), which()])).toEqual([0, 1]);
});

test('a worker that is free before its work is done can do other work', async () => {
  const { pool } = poolOf();
  let finish = () => {};
  const first = pool.use((worker, { free }) => {
    free();
    return new Promise((resolve) => (finish = () => resolve(worker)));
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(await pool.use(async (worker) => worker)).toBe(0);
  finish();
  expect(await first).toBe(0);
});

test('one that is silent for too long is ended and its work rejected; the next work gets a new one', async () => {
  const { pool, ended } = poolOf(30);
  const silent = pool.use(() => never).catch((error) => error);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await silent).toMatchObject({ name: 'WorkerLost', how: 'silent' });
  expect(ended).toEqual([0]);
  expect(await pool.use(async (worker) => worker)).toBe(1);
});

test('one that tells that it is alive is waited for, and one that is held need not', async () => {
  const { pool, ended } = poolOf(30);
  let alive = () => {};
  void pool.use((_, reports) => {
    ({ alive } = reports);
    return never;
  });
  for (let seconds = 0; seconds < 100; seconds += 20) {
    await vi.advanceTimersByTimeAsync(20_000);
    alive();
  }
  pool.hold(true);
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(ended).toEqual([]);
});

test('after a crash the work is rejected, also the work that had freed the worker', async () => {
  const { pool, crash } = poolOf();
  const freed = pool.use((_, { free }) => {
    free();
    return never;
  });
  await vi.advanceTimersByTimeAsync(0);
  const second = pool.use(() => never);
  const both = Promise.allSettled([freed, second]);
  await vi.advanceTimersByTimeAsync(0);
  crash[0]('out of memory');
  for (const { status, reason } of (await both) as PromiseRejectedResult[]) {
    expect(status).toBe('rejected');
    expect(reason).toMatchObject({ name: 'WorkerLost', how: 'crashed', cause: 'out of memory' });
  }
});

test('after crashes in a row starting waits longer and longer, until work succeeds', async () => {
  const { pool, crash } = poolOf();
  for (let crashes = 0; crashes < 4; crashes++) {
    const lost = pool.use(() => never).catch((error) => error);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(crash).toHaveLength(crashes + 1);
    crash[crashes]('broken');
    expect(await lost).toBeInstanceOf(WorkerLost);
  }
  const next = pool.use(async (worker) => worker);
  await vi.advanceTimersByTimeAsync(700);
  expect(crash).toHaveLength(4);
  await vi.advanceTimersByTimeAsync(200);
  expect(await next).toBe(4);
});

test('when the signal aborts, the work is rejected and its worker ended', async () => {
  const { pool, ended } = poolOf();
  const stop = new AbortController();
  const stopped = pool.use(() => never, stop.signal).catch((error) => error);
  await vi.advanceTimersByTimeAsync(0);
  stop.abort(new Error('enough'));
  expect(await stopped).toMatchObject({ message: 'enough' });
  expect(ended).toEqual([0]);
});

test('resting ends those that have nothing to do, closing ends all and starts none any more', async () => {
  const { pool, ended } = poolOf();
  const busy = pool.use(() => never).catch((error) => error);
  await vi.advanceTimersByTimeAsync(0);
  await pool.use(async (worker) => worker);
  pool.rest();
  expect(ended).toEqual([1]);
  await pool.close();
  expect(ended).toEqual([1, 0]);
  expect(await busy).toBeInstanceOf(WorkerLost);
  await expect(pool.use(async (worker) => worker)).rejects.toThrow('closed');
});
