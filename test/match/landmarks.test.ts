import { expect, test } from 'vitest';
import {
  HASH_BITS,
  landmarksOf,
  PRINT_FAN,
  pack,
  REACH_BINS,
  REACH_FRAMES,
  unpack,
} from '../../src/match/landmarks.ts';

const peaks = (...places: [frame: number, bin: number][]) => ({
  count: places.length,
  frames: places.map(([frame]) => frame),
  bins: places.map(([, bin]) => bin),
});

test('unpack gives back what was packed, to the even number below', () => {
  for (let bin = 36; bin <= 840; bin += 7)
    for (let difference = 1 - REACH_BINS; difference < REACH_BINS; difference += 5)
      for (const frames of [1, 31, REACH_FRAMES]) {
        const hash = pack(bin, difference, frames);
        expect(hash).toBeLessThan(2 ** HASH_BITS);
        expect(unpack(hash)).toEqual({
          bin: 2 * Math.floor(bin / 2),
          binDifference: 2 * Math.floor(difference / 2),
          frameDifference: frames,
        });
      }
});

test('a peak is joined with the next peaks within reach, and no others', () => {
  const { count, hashes, frames } = landmarksOf(
    peaks([5, 100], [5, 102], [6, 100 + REACH_BINS], [7, 110], [5 + REACH_FRAMES, 90], [6 + REACH_FRAMES, 95]),
    3,
  );
  const joined = Array.from({ length: count }, (_, i) => [frames[i], unpack(hashes[i])] as const);
  expect(joined.filter(([frame]) => frame === 5).map(([, mark]) => [mark.bin, mark.frameDifference])).toEqual([
    [100, 2],
    [100, REACH_FRAMES],
    [102, 1],
    [102, 2],
    [102, REACH_FRAMES],
  ]);
});

test('a fan bounds the number of partners', () => {
  const row = peaks(...Array.from({ length: 50 }, (_, i) => [i, 200] as [number, number]));
  expect(landmarksOf(row).count).toBe((50 - PRINT_FAN) * PRINT_FAN + (PRINT_FAN * (PRINT_FAN - 1)) / 2);
  expect(landmarksOf(row, 1).count).toBe(49);
});

test('landmarks do not depend on when the peaks sound', () => {
  const places: [number, number][] = [
    [3, 50],
    [9, 61],
    [9, 400],
    [20, 80],
    [31, 380],
  ];
  const early = landmarksOf(peaks(...places));
  const late = landmarksOf(peaks(...places.map(([frame, bin]) => [frame + 1000, bin] as [number, number])));
  expect(late.hashes).toEqual(early.hashes);
  expect(late.frames).toEqual(early.frames.map((frame) => frame + 1000));
});
