import { expect, test } from 'vitest';
import type { Heard } from '../../../src/engine/api.ts';
import type { Match, Track } from '../../../src/types.ts';
import { concluded, foundOf, listeningAfter, listeningFrom } from '../../../src/ui/listen/session/listening-state.ts';

const matchOf = (id: number, confidence: number): Match => ({
  track: { id, seconds: 200 } as Track,
  ...{ offsetSeconds: 30, confidence, speed: 1, pitch: 1 },
});
const heard = (seconds: number, changes: Partial<Heard> = {}): Heard => ({
  ...{ seconds, levelDb: -30, state: 'listening', clipSeconds: 0, others: [] },
  ...changes,
});

test('a microphone is called silent after three seconds without sound, not before', () => {
  let state = listeningFrom('microphone');
  const said: boolean[] = [];
  for (let seconds = 0.5; seconds <= 5; seconds += 0.5) {
    state = listeningAfter(state, heard(seconds, { state: seconds > 1 ? 'silent' : 'listening' }), 'microphone');
    said.push(state.isSilent);
  }
  expect(said.indexOf(true)).toBe(7); // at 4 s, the last sound having been at 1 s
  state = listeningAfter(state, heard(6), 'microphone');
  expect(state.isSilent).toBe(false);
});

test('what plays besides is told as such, and what is next to impossible is not told', () => {
  const match = { ...matchOf(1, 0.99), positionSeconds: 33 };
  const found = foundOf(
    heard(3, { state: 'found', match, also: [matchOf(2, 0.97)], others: [0.3, 0.001].map((c) => matchOf(9, c)) }),
  );
  expect(found?.alsoPlaying.map(({ track }) => track.id)).toEqual([2]);
  expect(found?.others.map(({ confidence }) => confidence)).toEqual([0.3]);
});

test('a song that has ended stays to be seen while one listens on', () => {
  const match = { ...matchOf(1, 0.99), positionSeconds: 33 };
  const playing = listeningAfter(
    listeningFrom('tab'),
    heard(3, { state: 'found' }),
    'tab',
    foundOf(heard(3, { state: 'found', match })),
  );
  const over = listeningAfter(playing, heard(9), 'tab');
  expect([playing.found?.isRunning, over.found?.isRunning]).toEqual([true, false]);
});

test('several sure answers to a clip are one answer, and what else plays', () => {
  const clip = {
    others: [],
    heardSeconds: 8,
    hashCount: 0,
    step: 1,
    timings: { kernelMs: 0, lookupMs: 0, matchMs: 0, totalMs: 0 },
  };
  const answer = concluded({ ...clip, matches: [matchOf(1, 0.99), matchOf(2, 0.95)] }, 'recent');
  expect(answer).toMatchObject({ name: 'found', found: { positionSeconds: 38, alsoPlaying: [{ confidence: 0.95 }] } });
  expect(concluded({ ...clip, matches: [] }, 'recent')).toMatchObject({ name: 'none', seconds: 8 });
});
