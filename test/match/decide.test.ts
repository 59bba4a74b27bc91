import { expect, test } from 'vitest';
import { confidenceOf, doubtOf } from '../../src/match/judge/decide.ts';

const evidence = { start: 0, contrast: 6, steady: 8, tones: 3, tonality: 0.5, frames: 430 };
const sure = (windowsAsked?: number) => confidenceOf(evidence, { tapeFrames: 1000, windowsAsked }, {});

test('a clip and the first minute of a recording are judged alike', () => {
  for (const windows of [1, 2, 3]) expect(sure(windows)).toBe(sure());
});

test('the more windows were asked, the less an equal fit proves', () => {
  const asked = [3, 4, 10, 100, 10_000];
  for (const [i, windows] of asked.slice(1).entries()) expect(sure(windows)).toBeLessThan(sure(asked[i]));
});

test('however long a recording is, all its chances of a wrong name add up to little more than those of minutes', () => {
  // Odds e times as high come by chance half as often (see `decide.ts`).
  let sum = 0;
  for (let window = 1; window <= 20_000; window++) sum += Math.exp(-0.6 * doubtOf(window));
  expect(sum).toBeLessThan(20);
});

const logOdds = (probability: number) => Math.log(probability / (1 - probability));

test('a library ten times as long as the one of the fit costs a tenth of a factor ten in odds, a shorter one nothing', () => {
  const faint = { ...evidence, contrast: 4, steady: 3, tones: 2 };
  const among = (tapeFrames: number) => logOdds(confidenceOf(faint, { tapeFrames }, {}));
  expect(among(600_000)).toBeCloseTo(among(1000), 9);
  expect(among(600_000) - among(6_000_000)).toBeCloseTo(0.1 * Math.LN10, 6);
});

test('another speed must make up for 1.3 in log odds', () => {
  const faint = { ...evidence, contrast: 4, steady: 3, tones: 2 };
  const at = (isWarped: boolean) => logOdds(confidenceOf(faint, { tapeFrames: 1000 }, { isWarped }));
  expect(at(false) - at(true)).toBeCloseTo(1.3, 6);
});

test('a track whose sketch stands out is more likely, within bounds', () => {
  const at = (standing?: number) =>
    logOdds(confidenceOf({ ...evidence, contrast: 4 }, { tapeFrames: 1000 }, { standing }));
  expect(at(0)).toBe(at());
  expect(at(2) - at(0)).toBeCloseTo(1.2, 6);
  expect(at(-1) - at(0)).toBeCloseTo(-0.6, 6);
  expect(at(50)).toBe(at(4));
  expect(at(-50)).toBe(at(-2));
});
