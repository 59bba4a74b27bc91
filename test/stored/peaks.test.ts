import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { bytesMade, peaksText, read, storedBytes, storedPeaks } from './peaks.ts';

const REMAKE = 'After raising FORMAT in assembly/params.ts: node .setup/run.mjs test/stored/make.ts';

test('the kernel gives the peaks that are stored for its FORMAT', async () => {
  expect(existsSync(storedPeaks(KERNEL_FORMAT)), REMAKE).toBe(true);
  const stored = read(storedPeaks(KERNEL_FORMAT)).split('\n');
  const made = (await peaksText()).split('\n');
  const different = made.findIndex((line, i) => line !== stored[i]);
  expect(`line ${different + 1}: ${made[different]}`, REMAKE).toBe(`line ${different + 1}: ${stored[different]}`);
  expect(made.length).toBe(stored.length);
});

test('prints, index and bundle are made of the bytes that are stored', async () => {
  expect(await bytesMade()).toEqual(JSON.parse(read(storedBytes)));
});
