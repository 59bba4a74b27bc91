import { expect, test } from 'vitest';
import { lineOf, measure, trackFrameAt } from '../../../src/match/recording/line.ts';
import { somePrint } from '../../support/prints.ts';

const line = (tempo: number) =>
  lineOf(1, somePrint(1), 1000, 500, { tempo, pitch: tempo }, { isWarped: tempo !== 1, ordinaryTones: 2 });

test('a line runs through the track at its speed', () => {
  expect(trackFrameAt(line(1), 1100)).toBe(600);
  expect(trackFrameAt(line(1.02), 1100)).toBeCloseTo(602, 6);
  expect(trackFrameAt(line(1), 900)).toBe(400);
});

test('the speed is learnt from where later blocks are, the more exactly the longer the line', () => {
  const followed = line(1.03);
  const truth = 1.0313;
  const errors = [430, 860, 1720, 3440].map((frames) => {
    measure(followed, 1000 + frames, Math.round(500 + truth * frames));
    return Math.abs(followed.warp.tempo - truth);
  });
  expect(errors.at(-1)).toBeLessThan(0.0002);
  expect(errors.at(-1)).toBeLessThan(errors[0]);
  expect(followed.warp.pitch).toBeCloseTo(followed.warp.tempo, 9);
});

test('one place that is off by some frames moves the speed little', () => {
  const followed = line(1);
  measure(followed, 1430, 500 + 430 + 3);
  expect(Math.abs(followed.warp.tempo - 1)).toBeLessThan(0.0025);
});
