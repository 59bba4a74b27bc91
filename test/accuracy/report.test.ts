import { expect, test } from 'vitest';
import type { Outcome } from '../../src/accuracy/outcome.ts';
import { summed } from '../../src/accuracy/report.ts';

const right: Outcome = {
  condition: 'clean',
  seconds: 3,
  isMusicKnown: true,
  tracks: ['A'],
  answer: 'A',
  isRight: true,
  isComplete: true,
  confidence: 0.97,
  offsetError: 0.01,
  step: 1,
  milliseconds: 10,
};
const missed: Outcome = {
  ...right,
  answer: undefined,
  isRight: false,
  isComplete: false,
  confidence: 0.2,
  offsetError: undefined,
  step: 3,
};
const wrong: Outcome = { ...missed, answer: 'B', confidence: 0.62, step: 2 };
const stranger: Outcome = { ...missed, condition: 'absent', isMusicKnown: false, tracks: ['Z'] };

test('shares are of the clips of one condition and length', () => {
  const outcomes = [right, right, wrong, missed, { ...right, seconds: 5 }];
  const { rows } = summed(outcomes);
  expect(rows).toMatchObject([
    { condition: 'clean', seconds: 3, clips: 4, right: 0.5, wrong: 0.25, complete: 0.5, placed: 1 },
    { condition: 'clean', seconds: 5, clips: 1, right: 1, wrong: 0, complete: 1 },
  ]);
});

test('a place is right within a fifth of a second, and is asked of right answers only', () => {
  const { rows } = summed([right, { ...right, offsetError: 0.21 }, { ...wrong, offsetError: undefined }, missed]);
  expect(rows[0]).toMatchObject({ right: 0.5, placed: 0.5 });
});

test('a name for music that is not known is a false alarm', () => {
  const { falseAlarms, rows } = summed([stranger, stranger, { ...stranger, answer: 'A' }, wrong, right]);
  expect(falseAlarms).toEqual({ clips: 3, named: 1 });
  expect(rows.find(({ condition }) => condition === 'absent')).toMatchObject({ right: 0, wrong: 1 / 3 });
});

test('answers are counted by the tenth of their confidence, those of full confidence with the last', () => {
  const { calibration } = summed([right, { ...right, confidence: 1 }, wrong, { ...right, confidence: 0.69 }, missed]);
  expect(calibration).toEqual([
    { from: 0.6, answers: 2, right: 0.5 },
    { from: 0.9, answers: 2, right: 1 },
  ]);
});

test('times are told by condition and by step, as median and 95th percentile', () => {
  const times = Array.from({ length: 99 }, (_, i) => i + 1);
  // in another order than their own
  const outcomes = times.map((time) => ({ ...right, milliseconds: (time * 37) % 100 }));
  const { rows, steps } = summed([...outcomes, { ...missed, milliseconds: 500 }]);
  expect(steps).toEqual([
    { step: 1, clips: 99, medianMs: 50, p95Ms: 95 },
    { step: 3, clips: 1, medianMs: 500, p95Ms: 500 },
  ]);
  expect(rows[0].medianMs).toBe(51);
});

test('of nothing, nothing is told', () => {
  expect(summed([])).toEqual({ rows: [], falseAlarms: { clips: 0, named: 0 }, calibration: [], steps: [] });
});
