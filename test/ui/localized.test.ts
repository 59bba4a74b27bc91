import { expect, test } from 'vitest';
import { listed } from '../../src/ui/parts/listed.ts';
import { clock, day, duration, percent, size } from '../../src/ui/parts/localized.ts';

test.each([
  [0, '0:00'],
  [83.9, '1:23'],
  [3599, '59:59'],
  [36_000, '10:00:00'],
  [-3, '0:00'],
])('%d seconds read %s on the clock', (seconds, text) => expect(clock(seconds)).toBe(text));

test('what is missing is left out of a line', () => {
  expect(listed(['Field', undefined, false, '', 'certain'])).toBe('Field, certain');
});

test('a share is never rounded up to certainty', () => {
  expect(percent(0.9999, 1)).toBe('99.9%');
  expect(percent(0.999)).toBe('99%');
  expect(percent(1)).toBe('100%');
});

test('sizes and durations are as exact as one wants to know', () => {
  expect(size(74_000)).toBe('74 kB');
  expect(size(4_700_000_000)).toBe('4.7 GB');
  expect(duration(0.2)).toBe('1 sec');
  expect(duration(130)).toBe('2 min');
  expect(duration(7200)).toBe('2 hr');
});

test('days are called as one calls them', () => {
  const now = new Date(2026, 10, 20, 9).getTime();
  expect(day(now - 3_600_000, now)).toBe('Today');
  expect(day(now - 10 * 3_600_000, now)).toBe('Yesterday');
  expect(day(new Date(2026, 10, 3).getTime(), now)).toContain('November');
});
