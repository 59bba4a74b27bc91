import { expect, test } from 'vitest';
import type { Session } from '../../src/engine/api.ts';
import { countBy, countByDay } from '../../src/ui/history/statistics/heard-counts.ts';

const noon = new Date(2026, 10, 26, 12).getTime();
const day = 86_400_000;

const session = (daysAgo: number, ...titles: string[]): Session => ({
  ...{
    id: 1,
    began: noon - daysAgo * day,
    source: 'microphone',
    seconds: 300,
    gaps: [],
    state: 'ended',
    hasStrip: false,
  },
  stretches: titles.map((title, i) => ({
    ...{ number: i + 1, fromSeconds: i * 60, toSeconds: i * 60 + 30, trackSeconds: 0, confidence: 0.99, speed: 1 },
    track: { title, artist: title < 'C' ? 'Field' : undefined },
    verdict: title === 'Wrong' ? 'wrong' : undefined,
  })),
});

const sessions = [session(0, 'A', 'B', 'Wrong'), session(0, 'A'), session(3, 'C'), session(40, 'C')];

test('answers are counted by day, days without any included, what was wrong left out', () => {
  expect(countByDay(sessions, 5, noon).map(({ count }) => count)).toEqual([0, 1, 0, 0, 3]);
});

test('songs and artists are counted, the most heard first', () => {
  expect(countBy(sessions, 'title')).toEqual([
    { name: 'A', count: 2 },
    { name: 'C', count: 2 },
    { name: 'B', count: 1 },
  ]);
  expect(countBy(sessions, 'artist')).toEqual([{ name: 'Field', count: 3 }]);
});
