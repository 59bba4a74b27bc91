import { expect, test } from 'vitest';
import { runAll } from '../../src/learn/run-jobs.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function taken<R>(results: AsyncIterable<R>): Promise<R[]> {
  const all: R[] = [];
  for await (const result of results) all.push(result);
  return all;
}

test('so many jobs run at once, and their results come as they are done', async () => {
  let running = 0;
  let most = 0;
  const run = async (ms: number) => {
    most = Math.max(most, ++running);
    await wait(ms);
    running--;
    return ms;
  };
  expect(await taken(runAll([90, 30, 5], run, { atOnce: 2 }))).toEqual([30, 5, 90]);
  expect(most).toBe(2);
});

test('or in the order of the jobs', async () => {
  const run = (ms: number) => wait(ms).then(() => ms);
  expect(await taken(runAll([60, 5, 30], run, { atOnce: 3, isInOrder: true }))).toEqual([60, 5, 30]);
});

test('a job that is nearly done lets the next begin', async () => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const results = taken(
    runAll(
      [0, 1, 2],
      (job, { nearlyDone }) => {
        begun.push(job);
        nearlyDone();
        return new Promise<void>((resolve) => ends.push(resolve));
      },
      { atOnce: 1 },
    ),
  );
  await wait(5);
  expect(begun).toEqual([0, 1]);
  ends[0]();
  await wait(5);
  expect(begun).toEqual([0, 1, 2]);
  for (const end of ends) end();
  expect(await results).toHaveLength(3);
});

test('when the signal aborts, what runs is stopped and nothing more begins', async () => {
  const stop = new AbortController();
  const signals: AbortSignal[] = [];
  const results = taken(
    runAll(
      [0, 1, 2],
      (_, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      },
      { atOnce: 2, signal: stop.signal },
    ),
  );
  stop.abort();
  expect(await results).toEqual([]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('whoever takes no more results stops the rest', async () => {
  const signals: AbortSignal[] = [];
  const run = async (job: number, { signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    if (job > 0) await new Promise(() => {});
  };
  for await (const _ of runAll([0, 1, 2], run, { atOnce: 2 })) break;
  expect(signals.slice(1).every(({ aborted }) => aborted)).toBe(true);
});

test('thousands of results do not pile up while nobody takes them', async () => {
  let begun = 0;
  const all = runAll(
    Array.from({ length: 5000 }, (_, i) => i),
    async () => begun++,
    { atOnce: 2 },
  );
  await all.next();
  await wait(30);
  expect(begun).toBeLessThan(200);
  expect(await taken(all)).toHaveLength(4999);
});

test('a job that fails is told to whoever takes its result', async () => {
  const results = taken(runAll([1], () => Promise.reject(new Error('no')), { atOnce: 1 }));
  await expect(results).rejects.toThrow('no');
});
