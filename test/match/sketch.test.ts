import { expect, test } from 'vitest';
import { BIN_COUNT, FIRST_BIN } from '../../src/kernel/format.ts';
import { BLOCK_FRAMES, SLOTS, sketchOf } from '../../src/match/sketch/sketch.ts';
import type { Print } from '../../src/types.ts';
import { somePrint } from '../support/prints.ts';

/** Peaks as [frame, bin, level], in order. */
function printOf(peaks: [number, number, number][], frameCount: number): Print {
  return {
    format: 1,
    frameCount,
    count: peaks.length,
    frames: Uint32Array.from(peaks, ([frame]) => frame),
    bins: Uint16Array.from(peaks, ([, bin]) => bin),
    levels: Uint8Array.from(peaks, ([, , level]) => level),
  };
}

/** What a sketch holds, as [block, cell, bin]. */
function peaksOf(sketch: Uint16Array): [number, number, number][] {
  return Array.from(sketch, (peak, i): [number, number, number] => [
    Math.floor(i / SLOTS),
    peak >>> 10,
    (peak & 1023) - 1 + FIRST_BIN,
  ]).filter((_, i) => sketch[i] > 0);
}

test('a sketch keeps the loudest peaks of each block, the loudest first', () => {
  const peaks = Array.from({ length: 12 }, (_, i): [number, number, number] => [i, 100 + 20 * i, i]);
  const sketch = sketchOf(printOf(peaks, 2 * BLOCK_FRAMES));
  expect(sketch.length).toBe(2 * SLOTS);
  const kept = peaks.toReversed().slice(0, SLOTS);
  expect(peaksOf(sketch)).toEqual(kept.map(([frame, bin]) => [0, Math.floor(frame / 4), bin]));
});

test('a sustained tone takes one slot of a block', () => {
  const tone = Array.from({ length: 8 }, (_, i): [number, number, number] => [5 * i, 300 + (i % 3), 15]);
  const sketch = sketchOf(printOf([...tone, [41, 500, 2]], BLOCK_FRAMES));
  expect(peaksOf(sketch).map(([, , bin]) => bin)).toEqual([302, 500]);
});

test('bins that no kernel of this format hears are left out', () => {
  const peaks: [number, number, number][] = [
    [0, FIRST_BIN - 1, 15],
    [1, FIRST_BIN, 3],
    [2, FIRST_BIN + BIN_COUNT - 1, 3],
    [3, FIRST_BIN + BIN_COUNT, 15],
  ];
  const bins = peaksOf(sketchOf(printOf(peaks, 10))).map(([, , bin]) => bin);
  expect(bins.sort()).toEqual([FIRST_BIN, FIRST_BIN + BIN_COUNT - 1]);
});

test('whole blocks cut from a print have the sketch that they have within it', () => {
  const print = somePrint(1, { seconds: 30 });
  const from = 5 * BLOCK_FRAMES;
  const first = print.frames.findIndex((frame) => frame >= from);
  const rest = printOf(
    Array.from({ length: print.count - first }, (_, i) => [
      print.frames[first + i] - from,
      print.bins[first + i],
      print.levels[first + i],
    ]),
    print.frameCount - from,
  );
  expect(sketchOf(rest)).toEqual(sketchOf(print).slice(5 * SLOTS));
});

test('an empty print has an empty sketch', () => {
  expect(sketchOf(printOf([], 0)).length).toBe(0);
  expect(sketchOf(printOf([], 100)).length).toBe(0);
});

test('a print of nearly nothing but silence has no blocks, however long it claims to be', () => {
  const peaks = Array.from({ length: 50 }, (_, i): [number, number, number] => [44 * i, 300, 9]);
  expect(sketchOf(printOf(peaks, 51 * BLOCK_FRAMES)).length).toBe(0);
  expect(sketchOf(printOf(peaks, 50 * BLOCK_FRAMES)).length).toBe(50 * SLOTS);
});
