import { expect, test } from 'vitest';
import { BIN_COUNT } from '../../src/kernel/format.ts';
import { type Field, MARGIN } from '../../src/match/field/field.ts';
import { AS_LEARNT } from '../../src/match/judge/align.ts';
import { BLOCK_FRAMES, SLOTS, sketchOf } from '../../src/match/sketch/sketch.ts';
import { NONE, SketchScanner } from '../../src/match/sketch/sketch-scan.ts';
import { RANGES } from '../../src/match/speeds/speeds.ts';
import type { Sketch } from '../../src/types.ts';
import { random as seeded } from '../support/random.ts';
import { randomField, randomPrint } from '../support/random-field.ts';

/** The table that `aim` makes for the print's speed and pitch, cell by cell: rows from 1, columns of `frames` frames. */
function plainTable({ values, stride, binCount, frameCount, tones }: Field, frames: number): number[][] {
  const columns = Math.ceil(frameCount / frames);
  const pooled = Array.from({ length: binCount }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const from = Math.max(0, Math.round((column - 0.25) * frames));
      const end = Math.min(frameCount, Math.round((column + 1.25) * frames));
      let sum = 0;
      for (let frame = from; frame < end; frame++) sum += values[row * stride + MARGIN + frame];
      return sum;
    }),
  );
  const power = pooled.flat().reduce((sum, value) => sum + value * value, 0) / (binCount * columns);
  const unit = 6 / Math.sqrt(Math.max(1, power));
  const cell = (value: number, tone: number) => Math.max(-31, Math.min(31, Math.round(unit * value + 6 * 0.8 * tone)));
  return pooled.map((row, i) => row.map((value) => cell(value, tones[i])));
}

const peaksIn = (sketch: Sketch) =>
  Array.from(sketch, (peak, i) => ({ block: Math.floor(i / SLOTS), cell: peak >>> 10, row: (peak & 1023) - 1 })).filter(
    ({ row }) => row >= 0,
  );

/** Greatest sum over all starts, and the column where it is. */
function plainFit(sketch: Sketch, table: number[][], shift: number) {
  const sums = new Map<number, number>();
  for (const { block, cell, row } of peaksIn(sketch)) {
    const at = (block * 11 + cell) >> shift;
    for (const [column, value] of table[row].entries()) sums.set(at - column, (sums.get(at - column) ?? 0) + value);
  }
  return [...sums].reduce((best, entry) =>
    entry[1] > best[1] || (entry[1] === best[1] && entry[0] < best[0]) ? entry : best,
  );
}

function fieldWithTones(frameCount: number, seed: number): Field {
  const next = seeded(seed);
  return { ...randomField(frameCount, seed), tones: Float32Array.from({ length: BIN_COUNT }, () => 4 * next() - 2) };
}

test.each([
  [90, 0],
  [215, 1],
  [431, 2],
  [1000, 3],
])('a clip of %i frames fits as sums made one by one say', (frameCount, shift) => {
  const field = fieldWithTones(frameCount, frameCount);
  const table = plainTable(field, 4 << shift);
  const scanner = new SketchScanner(field);
  for (let seed = 1; seed <= 4; seed++) {
    const sketch = sketchOf(randomPrint(3000, seed));
    const [column, sum] = plainFit(sketch, table, shift);
    expect(scanner.fit(sketch)).toEqual({ fit: sum, start: (column + 0.5) * (4 << shift) });
  }
});

test('what was compared before does not matter', () => {
  const field = fieldWithTones(215, 4);
  const long = sketchOf(randomPrint(60 * BLOCK_FRAMES, 3));
  const scanner = new SketchScanner(field);
  for (let blocks = 1; blocks < 60; blocks++) {
    // The longer one fits best just beyond the end of one of these.
    const short = long.slice(0, blocks * SLOTS);
    scanner.fit(long);
    expect(scanner.fit(short)).toEqual(new SketchScanner(field).fit(short));
  }
});

test('a track longer than the module holds fits where a part of it does', () => {
  const field = fieldWithTones(215, 5);
  const scanner = new SketchScanner(field);
  const short = sketchOf(randomPrint(400 * BLOCK_FRAMES, 9));
  const alone = scanner.fit(short);
  const long = new Uint16Array(2500 * SLOTS);
  long.set(short, 1900 * SLOTS);
  expect(scanner.fit(long)).toEqual({ fit: alone.fit, start: alone.start + 1900 * BLOCK_FRAMES });
});

test('tones at the own pitch are sums over windows of the length of the clip', () => {
  const field = fieldWithTones(215, 6);
  // The same tone in all bins around: its neighbours at half a step of pitch change nothing.
  for (let row = 0; row < BIN_COUNT; row++) field.tones[row] = Math.round(field.tones[row - (row % 12)]);
  const flat = { ...field, tones: field.tones.map(() => 1) };
  const sketch = sketchOf(randomPrint(100 * BLOCK_FRAMES, 7));
  const counts = Array.from({ length: 96 }, (_, from) =>
    peaksIn(sketch).filter(({ block }) => block >= from && block < from + 5),
  ).map(({ length }) => length);
  const scanner = new SketchScanner(flat);
  for (const { pitches } of RANGES) {
    scanner.tune(pitches);
    expect(scanner.tones(sketch)[pitches.indexOf(1)]).toBe(5 * Math.max(...counts));
  }
});

test('a pitch whose neighbours are both better has no sum of tones', () => {
  const field = fieldWithTones(215, 10);
  const sketch = sketchOf(randomPrint(1300 * BLOCK_FRAMES, 11));
  const scanner = new SketchScanner(field);
  for (const { pitches } of RANGES) {
    const alone = pitches.map((pitch) => {
      scanner.tune([pitch]);
      return scanner.tones(sketch)[0];
    });
    const isNext = (i: number) => Math.abs(Math.log(pitches[i + 1] / pitches[i])) < 0.01;
    const isLow = (i: number) => isNext(i - 1) && isNext(i) && alone[i] < Math.min(alone[i - 1], alone[i + 1]);
    scanner.tune(pitches);
    expect([...scanner.tones(sketch)]).toEqual(alone.map((sum, i) => (isLow(i) ? NONE : sum)));
    expect(alone.some((_, i) => isLow(i))).toBe(true);
  }
});

test('a warped clip is aimed at, and aiming back gives the same as before', () => {
  const scanner = new SketchScanner(fieldWithTones(215, 8));
  const sketch = sketchOf(randomPrint(2000, 3));
  const before = scanner.fit(sketch);
  scanner.aim({ tempo: 1.05, pitch: 1.05 });
  expect(scanner.fit(sketch)).not.toEqual(before);
  scanner.aim(AS_LEARNT);
  expect(scanner.fit(sketch)).toEqual(before);
});

test('a track without blocks fits nowhere', () => {
  const scanner = new SketchScanner(fieldWithTones(215, 3));
  const none = new Uint16Array(0);
  expect(scanner.fit(none).fit).toBe(Number.NEGATIVE_INFINITY);
  expect(scanner.places(none)).toEqual([]);
  expect([...scanner.tones(none)].every((sum) => sum === 0)).toBe(true);
});
