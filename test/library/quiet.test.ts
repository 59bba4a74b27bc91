import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Quiet } from '../../src/library/quiet.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Starts to wait, and says whether that is over. */
function waiting(quiet: Quiet) {
  const state = { isOver: false };
  void quiet.wait().then(() => {
    state.isOver = true;
  });
  return state;
}

test('background work goes on at once if nobody asks', async () => {
  const state = waiting(new Quiet());
  await vi.advanceTimersByTimeAsync(1);
  expect(state.isOver).toBe(true);
});

test('it waits until a query that takes long is over, and for the next part of it', async () => {
  const quiet = new Quiet();
  const query = quiet.during(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const state = waiting(quiet);
  await vi.advanceTimersByTimeAsync(310);
  await query;
  expect(state.isOver).toBe(false);
  const next = quiet.during(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await vi.advanceTimersByTimeAsync(210);
  await next;
  expect(state.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(150);
  expect(state.isOver).toBe(true);
});

test('a part that fails counts as over', async () => {
  const quiet = new Quiet();
  await expect(quiet.during(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const state = waiting(quiet);
  await vi.advanceTimersByTimeAsync(150);
  expect(state.isOver).toBe(true);
});

test('queries without end do not stop background work', async () => {
  const quiet = new Quiet();
  void quiet.during(() => new Promise(() => {}));
  const state = waiting(quiet);
  await vi.advanceTimersByTimeAsync(900);
  expect(state.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(300);
  expect(state.isOver).toBe(true);
});
