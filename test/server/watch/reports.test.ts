import { expect, test } from 'vitest';
import { weekOf } from '../../../src/server/watch/report-files.ts';
import { countPlays, reportCsv, reportHtml } from '../../../src/server/watch/reports.ts';
import type { Play } from '../../../src/server/watch/station-play.ts';
import { configOf } from '../../../src/server/watch/watch-config.ts';
import { watchListOf } from '../../../src/server/watch/watch-list.ts';
import { Webhooks } from '../../../src/server/watch/webhooks.ts';

const play = (title: string, station: string, began: string, seconds = 180): Play => ({
  station,
  began,
  seconds,
  track: { title, artist: 'Wood' },
  trackSeconds: 0,
  confidence: 1,
  speed: 1,
});
const plays = [
  play('Alder', 'One', '2026-11-26T10:00:00.000Z'),
  play('Alder', 'One', '2026-11-26T08:00:00.000Z', 20.5),
  play('Alder', 'Two', '2026-11-26T09:00:00.000Z'),
  play('=1+1', 'One', '2026-11-26T11:00:00.000Z'),
];

test('plays are counted by song and station, the most played first', () => {
  const rows = countPlays(plays);
  expect(rows.map(({ track, station, plays: times, seconds }) => [track.title, station, times, seconds])).toEqual([
    ['Alder', 'One', 2, 200.5],
    ['=1+1', 'One', 1, 180],
    ['Alder', 'Two', 1, 180],
  ]);
  expect(rows[0]).toMatchObject({ first: '2026-11-26T08:00:00.000Z', last: '2026-11-26T10:00:00.000Z' });
});

test('a title that spreadsheets would run, or a page would show as markup, is only text', () => {
  expect(reportCsv(countPlays(plays))).toContain(",'=1+1,");
  const html = reportHtml('<b>', countPlays([play('<script>alert(1)</script>', 'One', '2026-11-26T10:00:00.000Z')]));
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('<b>');
});

test.each([
  ['2026-11-26', '2026-W48', '2026-11-23', '2026-11-29'],
  ['2027-01-01', '2026-W53', '2026-12-28', '2027-01-03'],
  ['2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
])('%s lies in week %s', (day, name, from, until) => {
  expect(weekOf(day)).toEqual({ name, from, until });
});

test('a watch list names songs by number or by words, whatever their case and accents', () => {
  const isWatched = watchListOf([7, 'wood älder']);
  expect(isWatched({ title: 'Other', id: 7 })).toBe(true);
  expect(isWatched({ title: 'Alder', artist: 'WOOD' })).toBe(true);
  expect(isWatched({ title: 'Alder' })).toBe(false);
  expect(watchListOf([' '])({ title: 'Alder' })).toBe(false);
});

test('a message that is not taken is sent again, and at last becomes a dead letter', async () => {
  const waits: number[] = [];
  const dead: unknown[] = [];
  let answers = [500, 302, 200];
  const hooks = new Webhooks([{ address: 'http://127.0.0.1/hook', secret: 'sixteen letters!' }], {
    fetch: async () => {
      const status = answers.shift();
      if (status === undefined) throw new Error('connection refused');
      return new Response(null, { status });
    },
    wait: async (seconds) => void waits.push(seconds),
    now: () => 0,
    dead: (letter) => dead.push(letter),
  });
  hooks.send('play', 'now', {});
  await settled(() => answers.length === 0);
  expect({ waits, dead }).toEqual({ waits: [1, 5], dead: [] });
  answers = [];
  hooks.send('play', 'now', { track: 1 });
  await settled(() => dead.length > 0);
  expect(dead).toMatchObject([{ why: expect.stringContaining('connection refused'), tries: 7, message: { track: 1 } }]);
});

async function settled(isDone: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !isDone(); i++) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 5));
}

test.each([
  [[], 'must hold an object'],
  [{ station: [] }, 'no "station"'],
  [{ stations: 'x' }, 'must be lists'],
  [{ stations: [{ name: 'One' }] }, 'needs a source'],
  [{ stations: ['gopher://x'] }, 'neither an address'],
  [{ stations: ['https://a.example/', { name: 'a.example', source: 'https://b.example' }] }, 'Two stations'],
  [{ webhooks: [{ address: 'file:///etc', secret: 'x'.repeat(20) }] }, 'needs an address'],
  [{ webhooks: [{ address: 'https://a.example', secret: 'short' }] }, 'secret of at least 16'],
  [{ webhooks: [{ address: 'https://a.example', secret: 'x'.repeat(20), events: ['plai'] }] }, 'may be play'],
  [{ watchList: [1.5] }, 'watchList must hold'],
  [{ silenceSeconds: 0 }, 'silenceSeconds must be'],
])('%j is refused in words', (config, words) => {
  expect(() => configOf(config, (why) => new Error(why))).toThrow(words);
});
