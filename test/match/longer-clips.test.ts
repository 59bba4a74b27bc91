import { beforeAll, expect, test } from 'vitest';
import type { Index } from '../../src/match/index-view.ts';
import type { Pcm, Print } from '../../src/types.ts';
import { clipOf, mixOf, printOfSound, rms, search } from '../support/clips.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music, noise } from '../support/music.ts';

const RATE = 11025;
const TRACKS = 6;
/** The noise is so many decibels louder than the music: about half of the shortest clips are then not recognised. */
const NOISE_DB = 12;
const LENGTHS = [2, 4, 8];

const songs: Pcm[] = [];
let index: Index;

beforeAll(() => {
  const prints = new Map<number, Print>();
  for (let track = 1; track <= TRACKS; track++) {
    songs.push(music(20, RATE, track));
    prints.set(track, printOfSound(songs[track - 1]));
  }
  index = memoryIndex(prints);
}, 60_000);

/** Of clips with the same beginning and the same noise, whether each is named. */
async function namedByLength(track: number, from: number): Promise<boolean[]> {
  const song = songs[track - 1];
  const hiss = noise(LENGTHS.at(-1)! * RATE, 1, 10 * track + from);
  const db = 20 * Math.log10(rms(song.samples) / rms(hiss)) + NOISE_DB;
  const named: boolean[] = [];
  for (const seconds of LENGTHS) {
    const { matches } = await search(mixOf(clipOf(song, from, seconds), { samples: hiss }, db), index);
    named.push(matches[0]?.track === track);
  }
  return named;
}

test('a longer clip of the same moment never does worse', { timeout: 120_000 }, async () => {
  const counts = LENGTHS.map(() => 0);
  for (let track = 1; track <= TRACKS; track++) {
    for (const from of [2, 9]) {
      const named = await namedByLength(track, from);
      named.forEach((isNamed, i) => {
        if (isNamed) counts[i]++;
        if (i > 0 && named[i - 1]) expect(isNamed, `track ${track} from ${from} s, ${LENGTHS[i]} s`).toBe(true);
      });
    }
  }
  // Otherwise this would show nothing.
  expect(counts[0]).toBeLessThan(counts.at(-1)!);
  expect(counts[0]).toBeGreaterThan(0);
});
