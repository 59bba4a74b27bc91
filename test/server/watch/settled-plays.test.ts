import { expect, test } from 'vitest';
import type { Stretch } from '../../../src/engine/api.ts';
import { SettledPlays } from '../../../src/server/watch/settled-plays.ts';

const stretch = (title: string, fromSeconds: number, toSeconds: number): Stretch => ({
  number: 1,
  track: { title, contentId: title, id: 1, length: 100 },
  ...{ fromSeconds, toSeconds, trackSeconds: 0, confidence: 1, speed: 1 },
});
const titles = (plays: { track: { title: string } }[]) => plays.map(({ track }) => track.title);

test('a play is told a minute after its end, and once', () => {
  const plays = new SettledPlays('One', Date.UTC(2026, 10, 26));
  const heard = [stretch('Alder', 10, 100), stretch('Birch', 105, 150)];
  expect(plays.take(heard, 155)).toEqual([]);
  expect(plays.take(heard, 161)).toMatchObject([
    { station: 'One', began: '2026-11-26T00:00:10.000Z', seconds: 90, track: { title: 'Alder' } },
  ]);
  expect(titles(plays.take(heard, Infinity))).toEqual(['Birch']);
  expect(plays.take(heard, Infinity)).toEqual([]);
});

test('a track that goes on after a long interruption is not told again, but one that is played again is', () => {
  const plays = new SettledPlays('One', 0);
  expect(titles(plays.take([stretch('Alder', 10, 50)], 120))).toEqual(['Alder']);
  expect(plays.take([stretch('Alder', 8, 200)], 300)).toEqual([]);
  expect(titles(plays.take([stretch('Alder', 8, 200), stretch('Alder', 250, 300)], Infinity))).toEqual(['Alder']);
});

test('a stretch that is found late, before others that were told, is told', () => {
  const plays = new SettledPlays('One', 0);
  expect(titles(plays.take([stretch('Birch', 50, 90)], 160))).toEqual(['Birch']);
  expect(titles(plays.take([stretch('Alder', 10, 45), stretch('Birch', 50, 90)], 170))).toEqual(['Alder']);
});

test('parts of a track that repeats itself are one play, but a track that is played twice is two', () => {
  const first = { ...stretch('Alder', 0, 50), trackSeconds: 50 };
  expect(new SettledPlays('One', 0).take([first, stretch('Alder', 50.2, 99)], Infinity)).toMatchObject([
    { seconds: 99, trackSeconds: 0 },
  ]);
  const twice = [stretch('Alder', 0, 100), stretch('Alder', 100, 200)];
  expect(titles(new SettledPlays('One', 0).take(twice, Infinity))).toEqual(['Alder', 'Alder']);
});
