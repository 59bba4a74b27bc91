import { expect, test } from 'vitest';
import { BIN_COUNT, FIRST_BIN } from '../../src/kernel/format.ts';
import { type Field, MARGIN } from '../../src/match/field.ts';
import { Scanner } from '../../src/match/scan.ts';
import type { Print } from '../../src/types.ts';
import { random as seeded } from '../support/random.ts';

function randomField(frameCount: number, seed: number): Field {
  const random = seeded(seed);
  const stride = frameCount + 2 * MARGIN;
  const values = new Int8Array(BIN_COUNT * stride);
  for (let bin = 0; bin < BIN_COUNT; bin++) {
    for (let frame = 0; frame < frameCount; frame++) {
      values[bin * stride + MARGIN + frame] = Math.round(100 * random() - 40);
    }
  }
  return {
    firstBin: FIRST_BIN,
    binCount: BIN_COUNT,
    frameCount,
    values,
    stride,
    powers: new Float32Array(BIN_COUNT).fill(900),
    weights: new Float32Array(BIN_COUNT).fill(1),
    tones: new Float32Array(BIN_COUNT),
    tonality: 0,
  };
}

function randomPrint(frameCount: number, seed: number): Print {
  const random = seeded(seed);
  const frames: number[] = [];
  const bins: number[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    for (let bin = FIRST_BIN; random() < 0.4 && bin < FIRST_BIN + BIN_COUNT; bin += 50) {
      frames.push(frame);
      bins.push(bin + Math.floor(random() * 40));
    }
  }
  return {
    format: 1,
    frameCount,
    count: frames.length,
    frames: Uint32Array.from(frames),
    bins: Uint16Array.from(bins),
    levels: new Uint8Array(frames.length),
  };
}

/** The sums one by one, with what they amount to. */
function plainFits(
  { frames, bins, count, frameCount }: Print,
  field: Field,
): Map<number, { sum: number; fit: number }> {
  const fits = new Map<number, { sum: number; fit: number }>();
  for (let start = 1 - field.frameCount; start < frameCount; start++) {
    let sum = 0;
    let expected = 0;
    for (let i = 0; i < count; i++) {
      const frame = frames[i] - start;
      if (frame < 0 || frame >= field.frameCount) continue;
      sum += field.values[(bins[i] - FIRST_BIN) * field.stride + MARGIN + frame];
      expected++;
    }
    if (expected >= 8) fits.set(start, { sum, fit: sum / 30 / Math.sqrt(expected) });
  }
  return fits;
}

test.each([
  [20, 90, 1],
  [43, 300, 1],
  [100, 17_000, 4],
])('a clip of %i frames fits a track of %i frames as the plain sums say', (length, frameCount, least) => {
  const field = randomField(length, length);
  const print = randomPrint(frameCount, frameCount);
  const places = new Scanner(field).scan(print, least);
  const plain = plainFits(print, field);
  const sumAt = (start: number) => plain.get(start)?.sum ?? 0;
  const expected = [...plain].filter(
    ([start, { sum, fit }]) => fit >= least && sum >= sumAt(start - 1) && sum > sumAt(start + 1),
  );
  expect(places.map(({ start }) => start)).toEqual(expected.map(([start]) => start));
  for (const { start, fit } of places) expect(fit).toBeCloseTo(plain.get(start)!.fit, 4);
  expect(places.length).toBeGreaterThan(0);
});
