import { expect, test } from 'vitest';
import { Pace } from '../../src/learn/pace.ts';

function paced() {
  let now = 0;
  const pace = new Pace(() => now);
  return { pace, pass: (seconds: number) => (now += 1000 * seconds) };
}

test('half done in ten seconds leaves ten', () => {
  const { pace, pass } = paced();
  pace.expect(1, 100);
  pace.expect(2, 300);
  pass(10);
  pace.reach(1, 1);
  pace.reach(2, 1 / 3);
  expect(pace.secondsLeft()).toBeCloseTo(10, 9);
});

test('a pause does not count', () => {
  const { pace, pass } = paced();
  pace.expect(1, 100);
  pass(10);
  pace.pause(true);
  pass(1000);
  pace.pause(false);
  pace.reach(1, 0.5);
  expect(pace.secondsLeft()).toBeCloseTo(10, 9);
});

test('nothing is guessed before something is known', () => {
  const { pace, pass } = paced();
  pace.expect(1, 100);
  expect(pace.secondsLeft()).toBeUndefined();
  pass(10);
  expect(pace.secondsLeft()).toBeUndefined();
  pace.reach(1, 1);
  expect(pace.secondsLeft()).toBeUndefined();
});
