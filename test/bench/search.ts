/**
 * How long a keystroke in the search takes: `npm run bench -- search [--tracks 10000,100000]`. Titles are typed letter by letter,
 * as they are, with one mistake, and after "artist:".
 */
import { parseArgs } from 'node:util';
import { TrackFinder } from '../../src/library/tracks/find-tracks.ts';
import { TrackList } from '../../src/library/tracks/track-list.ts';
import { random } from '../support/random.ts';
import { rowsOf } from '../support/titles.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const TITLES = 15;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({ args, options: { tracks: { type: 'string', default: '10000,100000' } } });
  const rows = values.tracks.split(',').flatMap((count) => measure(Number(count)));
  return measured({ title: 'Search, processor time of a keystroke: median, p95', rows });
}

function measure(count: number): Row[] {
  const list = new TrackList();
  const tracks = rowsOf(count);
  for (const row of tracks) list.put(row, 10);
  const begun = process.cpuUsage();
  const finder = new TrackFinder(list);
  finder.page({ sort: 'title' });
  const sortMs = process.cpuUsage(begun).user / 1000;
  const next = random(3);
  const ways: Record<string, (title: string, artist: string) => string> = {
    'as it is': (title) => title,
    'with a mistake': (title) => title.slice(0, 3) + title[4] + title[3] + title.slice(5),
    'artist: with a mistake': (_, artist) => `artist: ${artist.slice(0, 3)}x${artist.slice(4)}`,
  };
  const told = Object.entries(ways).map(([what, typing]): Row => {
    const times: number[] = [];
    for (let i = 0; i < TITLES; i++) {
      const { title, artist = '' } = tracks[Math.floor(next() * count)];
      const typed = typing(title.toLowerCase(), artist.toLowerCase());
      for (let end = 1; end <= typed.length; end++) times.push(keystroke(finder, typed.slice(0, end)));
    }
    const [first] = times;
    times.sort((a, b) => a - b);
    const at = (share: number) => rounded(times[Math.floor(share * (times.length - 1))]);
    return {
      what: `${count} songs, ${what}`,
      value: `${at(0.5)}, ${at(0.95)}`,
      unit: 'ms',
      note: `longest ${at(1)}, first ${rounded(first)}`,
    };
  });
  return [{ what: `${count} songs, put in order`, value: rounded(sortMs), unit: 'ms' }, ...told];
}

function keystroke(finder: TrackFinder, search: string): number {
  const begun = process.cpuUsage();
  finder.page({ search });
  return process.cpuUsage(begun).user / 1000;
}
