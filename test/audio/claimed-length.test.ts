import { expect, test } from 'vitest';
import { believed, leastOf } from '../../src/audio/claimed-length.ts';

test('a claimed length is believed unless the file is too small for it', () => {
  expect(believed(200, 1_000_000)).toBe(200);
  expect(believed(20_000, 1_000_000)).toBeUndefined();
  expect(believed(undefined, 1_000_000)).toBeUndefined();
});

test('claims are not exact: a second or a fiftieth may be missing', () => {
  expect(leastOf(10)).toBe(9);
  expect(leastOf(1000)).toBe(980);
  expect(leastOf(undefined)).toBeLessThan(0);
});
