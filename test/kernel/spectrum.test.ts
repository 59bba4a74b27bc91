import { expect, test } from 'vitest';
import { openStages } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';
import { plainMap, plainProminence, plainRow } from '../support/plain-kernel.ts';

const { stages, frame, row, map } = openStages();

const sounds: [string, Float32Array][] = [
  ['music', music(1).samples.subarray(4000, 6048)],
  ['noise', noise(2048)],
  [
    'very soft music',
    music(1)
      .samples.subarray(2000, 4048)
      .map((x) => x * 1e-4),
  ],
];

function rowOf(sound: Float32Array): number {
  frame.set(sound);
  return stages.makeRow();
}

test.each(sounds)('a row of %s is the log power to a step, a 236th of a decibel', (_name, sound) => {
  const exact = plainRow(sound);
  expect(Math.abs(rowOf(sound) - exact.floor)).toBeLessThanOrEqual(1);
  const off = exact.values.filter((value, bin) => Math.abs(value - row[bin]) > 1);
  // far below a loud bin, 32-bit arithmetic of samples leaves a few steps of error
  expect(off.length / exact.values.length).toBeLessThan(0.02);
  expect(Math.max(...exact.values.map((value, bin) => Math.abs(value - row[bin])))).toBeLessThan(60);
});

test.each(sounds)('prominence and map of %s are those of the plain way', (_name, sound) => {
  rowOf(sound);
  for (const bin of [36, 40, 44, 45, 300, 839, 840]) expect(stages.prominenceOf(bin)).toBe(plainProminence(row, bin));
  stages.makeMap();
  expect(Array.from(map)).toEqual(plainMap(row));
});

test('nothing lies more than 78 dB below the strongest of the bins that are heard', () => {
  rowOf(Float32Array.from({ length: 2048 }, (_, n) => Math.sin((2 * Math.PI * 200 * n) / 2048)));
  expect(Math.max(...row) - Math.min(...row)).toBe(18 * 1024);
});

test('digital silence lies on the floor', () => {
  expect(rowOf(new Float32Array(2048))).toBe(-32768);
  expect(row.every((value) => value === -32768)).toBe(true);
});

test('a constant leaves nothing above the floor where peaks are sought', () => {
  const floor = rowOf(new Float32Array(2048).fill(1));
  expect(row.subarray(36, 841).every((value) => value === floor)).toBe(true);
});
