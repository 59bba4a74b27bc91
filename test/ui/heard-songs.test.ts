import { expect, test } from 'vitest';
import type { Session } from '../../src/engine/api.ts';
import { heardBySong, mostHeard } from '../../src/ui/history/statistics/heard-songs.ts';
import { someSession, someStretch } from '../support/sessions.ts';

const session = (began: number, ...numbers: number[]): Session => ({
  ...someSession({ began, stretches: numbers.map((number) => someStretch(number)) }),
  ...{ id: began, hasStrip: false },
});
const idOf = (number: number) => someStretch(number).track.contentId!;

test('songs are counted with the time at which they were heard last; what was wrong is left out', () => {
  const wrong = { ...session(9_000_000, 3), stretches: [someStretch(3, { verdict: 'wrong' })] };
  const songs = heardBySong([session(1_000_000, 1, 2), session(5_000_000, 2), wrong]);
  expect(songs).toEqual(
    new Map([
      [idOf(1), { count: 1, last: 1_100_000 }],
      [idOf(2), { count: 2, last: 5_200_000 }],
    ]),
  );
  expect(mostHeard(songs)).toEqual([idOf(2), idOf(1)]);
});
