import { expect, test } from 'vitest';
import { clipAnswers, liveAnswers, storedAnswers } from './answers.ts';
import { read } from './peaks.ts';

const stored = JSON.parse(read(storedAnswers));

test('degraded clips are taken for what is stored', { timeout: 240_000 }, async () => {
  expect(await clipAnswers()).toEqual(stored.clips);
});

/** That the length of blocks makes no difference is tested in `test/engine/block-sizes.test.ts`. */
test('live sessions tell what is stored', { timeout: 120_000 }, async () => {
  expect(await liveAnswers(700)).toEqual(stored.live);
});
