import { expect, test } from 'vitest';
import { beginning, ending, meanOf, withoutFades } from '../../../src/match/recording/edges.ts';
import { random } from '../../support/random.ts';

/** Peaks of a track that is heard in the frames from `from` on, `to` excluded: values of mean 20 there, else of mean 0. */
function peaks(from: number, to: number, seed: number) {
  const next = random(seed);
  return Array.from({ length: 600 }, (_, i) => {
    const frame = Math.floor(i * 1.5);
    const noise = 60 * (next() - 0.5);
    return { frame, value: (frame >= from && frame < to ? 20 : 0) + noise, weight: 0.5 + next() };
  });
}

test.each([1, 2, 3, 4, 5])('edges under noise are right within half a second (seed %i)', (seed) => {
  const all = peaks(200, 700, seed);
  expect(Math.abs(beginning(all.slice(0, 400), 20, 0) - 200)).toBeLessThan(21);
  expect(Math.abs(ending(all.slice(250), 20, 0) - 700)).toBeLessThan(21);
});

test('the mean is that of the peaks that count', () => {
  expect(
    meanOf([
      { frame: 0, value: 10, weight: 3 },
      { frame: 1, value: 50, weight: 1 },
    ]),
  ).toBe(20);
  expect(meanOf([])).toBe(0);
});

test('without peaks an edge stays where it was taken to be', () => {
  expect(beginning([], 20, 77)).toBe(77);
  expect(ending([], 20, 78)).toBe(78);
});

test('a fade is cut in its middle; what plays at once, or lies within, is left alone', () => {
  const span = (fromFrame: number, toFrame: number) => ({ fromFrame, toFrame });
  expect(withoutFades([span(0, 110), span(90, 300)], 50)).toEqual([span(0, 100), span(100, 300)]);
  expect(withoutFades([span(90, 300), span(0, 110)], 50)).toEqual([span(100, 300), span(0, 100)]);
  expect(withoutFades([span(0, 200), span(90, 300)], 50)).toEqual([span(0, 200), span(90, 300)]);
  expect(withoutFades([span(0, 200), span(180, 190)], 50)).toEqual([span(0, 200), span(180, 190)]);
});
