import { expect, test } from 'vitest';
import { FramePace } from '../../../src/ui/listen/picture/frame-pace.ts';

/** Pictures that are drawn when refreshes come after these intervals in ms, and the last of their times. */
function drawn(pace: FramePace, intervals: number[]): { count: number; passedMs: number } {
  let nowMs = 1000;
  let count = 0;
  let passedMs = 0;
  pace.begin(nowMs);
  for (const interval of intervals) {
    nowMs += interval;
    const due = pace.due(nowMs);
    if (due === undefined) continue;
    count++;
    passedMs = due;
  }
  return { count, passedMs };
}

const refreshes = (count: number, ms: number) => new Array<number>(count).fill(ms);

test('a picture with every refresh', () => {
  expect(drawn(new FramePace(), refreshes(120, 17))).toEqual({ count: 120, passedMs: 17 });
});

test('a stall and single late refreshes change nothing', () => {
  const some = Array.from({ length: 120 }, (_, i) => (i % 3 === 0 ? 40 : 17));
  expect(drawn(new FramePace(), [...some, 2500, ...some]).count).toBe(241);
});

test('ten pictures a second once refreshes come late, also when they no longer do', () => {
  const pace = new FramePace();
  drawn(pace, refreshes(30, 50));
  expect(drawn(pace, refreshes(60, 50)).count).toBe(30);
  const { count, passedMs } = drawn(pace, refreshes(120, 17));
  expect(count).toBe(20);
  expect(passedMs).toBe(102);
});
