import { expect, test } from 'vitest';
import { clipAnswers, liveAnswers, storedAnswers } from './answers.ts';
import { read } from './peaks.ts';

const stored = JSON.parse(read(storedAnswers));

test('degraded clips are taken for what is stored', { timeout: 240_000 }, async () => {
  expect(await clipAnswers()).toEqual(stored.clips);
});

test.each([2048, 700, 5000])(
  'live sessions in blocks of %i samples tell what is stored',
  { timeout: 120_000 },
  async (size) => {
    expect(await liveAnswers(size)).toEqual(stored.live);
  },
);
