import { expect, test } from 'vitest';
import { AS_LEARNT, align } from '../../src/match/judge/align.ts';
import { somePrint } from '../support/prints.ts';
import { random } from '../support/random.ts';

const grid = { firstBin: 100, binCount: 300, frameCount: 120 };

test('every peak of the print that falls into the clip is there once, in the cell where it is expected', () => {
  const next = random(3);
  for (let round = 0; round < 50; round++) {
    const print = somePrint(round, { seconds: 12 });
    const warp = { tempo: 0.9 + 0.2 * next(), pitch: 0.9 + 0.2 * next() };
    const start = Math.floor(next() * print.frameCount) - 60;
    const { count, peaks, frames, rows } = align(print, grid, start, warp);
    const expected = Array.from(print.frames, (frame, i) => ({
      peak: i,
      frame: Math.round((frame - start) / warp.tempo),
      row: Math.round(print.bins[i] * warp.pitch) - grid.firstBin,
      isAfter: frame >= start,
    })).filter(({ frame, row, isAfter }) => isAfter && frame < grid.frameCount && row >= 0 && row < grid.binCount);
    expect(count).toBe(expected.length);
    expect(Array.from(peaks.subarray(0, count))).toEqual(expected.map(({ peak }) => peak));
    expect(Array.from(frames.subarray(0, count))).toEqual(expected.map(({ frame }) => frame));
    expect(Array.from(rows.subarray(0, count))).toEqual(expected.map(({ row }) => row));
  }
});

test('a reach beyond the edges adds peaks and moves none', () => {
  const print = somePrint(9, { seconds: 12 });
  const cells = (reach?: { frames: number; rows: number }) => {
    const { count, peaks, frames, rows } = align(print, grid, 100, AS_LEARNT, reach);
    return Array.from({ length: count }, (_, i) => `${peaks[i]}: ${frames[i]}, ${rows[i]}`);
  };
  const wider = cells({ frames: 3, rows: 2 });
  expect(wider).toEqual(expect.arrayContaining(cells()));
  expect(wider.length).toBeGreaterThan(cells().length);
});
