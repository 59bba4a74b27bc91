import { expect, test } from 'vitest';
import { openStages } from '../support/kernel.ts';
import { plainMaxima } from '../support/plain-kernel.ts';
import { random } from '../support/random.ts';

const { stages, row, maxima } = openStages();
const next = random(5);

const rows: [string, () => number][] = [
  ['any values', () => Math.floor(next() * 65536) - 32768],
  ['few values, so that many are equal', () => Math.floor(next() * 3)],
  ['rising values', () => rising++],
  ['the least value everywhere', () => -32768],
];
let rising = -400;

test.each(rows)('the fast sliding maximum agrees with the plain one on %s', (_name, value) => {
  for (let round = 0; round < 10; round++) {
    row.set(row.map(value));
    stages.makeMaxima();
    expect(Array.from(maxima.subarray(32, 848))).toEqual(plainMaxima(row, 16).slice(32, 848));
  }
});
