import { expect, test } from 'vitest';
import { FIRST_BIN } from '../../src/kernel/format.ts';
import { type Field, MARGIN } from '../../src/match/field/field.ts';
import { Scanner } from '../../src/match/scan/scan.ts';
import type { Print } from '../../src/types.ts';
import { randomField, randomPrint } from '../support/random-field.ts';

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
