import { expect, test } from 'vitest';
import { standingOf as standingAmong, standingsOf } from '../../src/match/judge/standing.ts';
import { random } from '../support/random.ts';

/** Fits of unrelated tracks: a bulk, and a tail that falls off exponentially. */
function fitsOf(count: number, seed: number, unit = 100): Float64Array {
  const next = random(seed);
  return Float64Array.from({ length: count }, () => Math.round(500 + unit * -Math.log(1 - next())));
}

const standingOf = (fits: Float64Array) => standingAmong([...fits].sort((a, b) => b - a).slice(0, 300), fits.length);
const greatest = (fits: Float64Array) => fits.reduce((most, fit) => Math.max(most, fit));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each([300, 1000, 10_000])('the best of %i unrelated tracks does not stand out', (count) => {
  const standings = Array.from({ length: 40 }, (_, seed) => {
    const fits = fitsOf(count, seed + 1);
    return standingOf(fits)!(greatest(fits));
  });
  expect(Math.abs(mean(standings))).toBeLessThan(0.6);
  expect(Math.max(...standings)).toBeLessThan(3);
});

test('a fit of ten times the rarity stands out by one more', () => {
  const standing = standingOf(fitsOf(10_000, 7))!;
  const decade = 100 * Math.LN10;
  expect(standing(1500 + decade) - standing(1500)).toBeCloseTo(1, 1);
});

test('what the fits are measured in does not matter', () => {
  const small = fitsOf(1000, 3);
  const [plain, scaled] = [standingOf(small)!, standingOf(small.map((fit) => 1000 + 7 * fit))!];
  for (const fit of [600, 900, 1400]) expect(scaled(1000 + 7 * fit)).toBeCloseTo(plain(fit), 6);
});

test('the right track and its double change little', () => {
  const fits = fitsOf(2000, 5);
  const before = standingOf(fits)!(1600);
  fits[10] = fits[11] = 3000;
  const after = standingOf(fits)!(1600);
  expect(Math.abs(after - before)).toBeLessThan(0.5);
  fits[10] = fits[11] = 1e6;
  expect(standingOf(fits)!(1600)).toBe(after);
});

test('a small library says nothing', () => {
  expect(standingOf(fitsOf(150, 1))).toBeUndefined();
});

test('the best tracks have their own standing, all others that of the last of them', () => {
  const fits = [...fitsOf(1000, 4)].sort((a, b) => b - a).slice(0, 300);
  const standings = standingsOf({ tracks: fits.map((_, i) => i), fits, count: 1000 })!;
  const standing = standingAmong(fits, 1000)!;
  expect(standings.best.get(7)).toBe(standing(fits[7]));
  expect(standings.least).toBe(standing(fits[299]));
});
