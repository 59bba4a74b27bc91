import { expect, test } from 'vitest';
import { editDistance } from '../../../src/cli/nearest.ts';
import { TrackFinder } from '../../../src/library/tracks/find-tracks.ts';
import { TrackList } from '../../../src/library/tracks/track-list.ts';
import { type TrackQuery, TrackSearch } from '../../../src/library/tracks/track-search.ts';
import { random } from '../../support/random.ts';
import { rowsOf } from '../../support/titles.ts';

const [one] = rowsOf(1);
const songs = [
  { title: 'Nocturne in E-flat', artist: 'Field', album: 'Complete Nocturnes', year: 1812 },
  { title: 'Für Elise', artist: 'Beethoven', album: 'Piano', year: 1810 },
  { title: 'L’heure bleue', artist: 'Françoise', album: undefined, year: 2001 },
  { title: 'Field of Grass', artist: undefined, album: 'Piano', year: undefined },
  { title: 'Don’t Stop', artist: 'The Nocturnals', album: 'Stops', year: 1977 },
];

function listOf() {
  const list = new TrackList();
  for (const [i, song] of songs.entries()) {
    list.put({ ...one, ...song, id: i + 1, contentId: `${i}`, fileName: `${i}.mp3`, added: i }, 10);
  }
  return list;
}

function found(search: string, more: Partial<TrackQuery> = {}): string[] {
  return new TrackFinder(listOf()).page({ search, ...more }).rows.map(({ title }) => title);
}

test.each([
  ['noctrune', ['Nocturne in E-flat']],
  ['nocturme field', ['Nocturne in E-flat']],
  ['fur elsie', ['Für Elise']],
  ['beethovn', ['Für Elise']],
  ['betehoven elise', ['Für Elise']],
  ['elise für', ['Für Elise']],
  ['heure', ['L’heure bleue']],
  ["l'heure", ['L’heure bleue']],
  ['lheure francoise', ['L’heure bleue']],
  ['dont', ['Don’t Stop']],
  ['artist: field', ['Nocturne in E-flat']],
  ['title:field', ['Field of Grass']],
  ['artist: feild', ['Nocturne in E-flat']],
  ['nocturn album:stops', ['Don’t Stop']],
  ['1810', ['Für Elise']],
  ['zzzz', []],
  ['ab', []],
])('"%s" finds what was meant', (search, titles) => {
  expect(found(search)).toEqual(titles);
});

test('an order can be turned, and what lacks the text stays last', () => {
  const search = new TrackFinder(listOf());
  const artists = (descending: boolean) =>
    search.page({ sort: 'artist', descending }).rows.map(({ artist }) => artist ?? '-');
  expect(artists(false)).toEqual(['Beethoven', 'Field', 'Françoise', 'The Nocturnals', '-']);
  expect(artists(true)).toEqual(['The Nocturnals', 'Françoise', 'Field', 'Beethoven', '-']);
  expect(search.page({ sort: 'added', descending: true, limit: 1 }).rows[0].title).toBe('Don’t Stop');
  expect(search.page({ sort: 'year' }).rows.map(({ year }) => year ?? 0)).toEqual([1810, 1812, 1977, 2001, 0]);
});

test('the same is found after a track has changed', () => {
  const list = listOf();
  const search = new TrackSearch(list);
  expect(search.page({ search: 'grass' }).total).toBe(1);
  list.put({ ...one, id: 4, title: 'Field of Corn' }, 10);
  expect(search.page({ search: 'grass' }).total).toBe(0);
  expect(search.ids({ search: 'corn' })).toEqual([4]);
});

test('a word with one mistake finds its track among many, unless other tracks have the very words', () => {
  const list = new TrackList();
  const rows = rowsOf(1000);
  for (const row of rows) list.put(row, 10);
  const [exact, finder] = [new TrackSearch(list), new TrackFinder(list)];
  const next = random(9);
  let [asked, missed] = [0, 0];
  for (let turn = 0; turn < 100; turn++) {
    const row = rows[Math.floor(next() * rows.length)];
    const words = row.title.toLowerCase().split(' ');
    const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
    const at = 1 + Math.floor(next() * (longest.length - 1));
    const spoilt = longest.slice(0, at) + ['', 'x', longest[at] + longest[at]][turn % 3] + longest.slice(at + 1);
    expect(editDistance(longest, spoilt)).toBeLessThanOrEqual(1);
    const search = [spoilt, ...words.filter((word) => word !== longest)].reverse().join(' ');
    if (exact.page({ search }).total > 0) continue;
    asked += 1;
    if (!finder.ids({ search }).includes(row.id)) missed++;
  }
  expect(asked).toBeGreaterThan(80);
  expect(missed).toBe(0);
});

test('artists and albums are counted, and found by name', () => {
  const finder = new TrackFinder(listOf());
  const albums = finder.groups('album');
  expect(albums.map(({ name, count, artist }) => [name, count, artist])).toEqual([
    ['Complete Nocturnes', 1, 'Field'],
    ['Piano', 2, undefined],
    ['Stops', 1, 'The Nocturnals'],
  ]);
  expect(finder.groups('artist', 'noct').map(({ name }) => name)).toEqual(['The Nocturnals']);
  expect(finder.page({ album: 'Piano' }).total).toBe(2);
});

test('what was heard most comes first, or last of what was heard; the rest follows by title', () => {
  const heard = ['3', '1'];
  expect(found('', { sort: 'heard', descending: true, heard })).toEqual([
    ...['Field of Grass', 'Für Elise'],
    ...['Don’t Stop', 'L’heure bleue', 'Nocturne in E-flat'],
  ]);
  expect(found('', { sort: 'heard', heard }).slice(0, 2)).toEqual(['Für Elise', 'Field of Grass']);
});
