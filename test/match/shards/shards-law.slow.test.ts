/**
 * However a library is split, its shards give the answer of the whole: the same tracks, places, confidences and steps, and the same other
 * candidates. Tracks are made of pieces of the same music, so that clips fit many of them a little; clips of music that is not there are
 * the ones for which a difference would be a false alarm.
 */
import { beforeAll, expect, test } from 'vitest';
import { printLike } from '../../../src/accuracy/made-up-tracks.ts';
import { analyse } from '../../../src/engine/clips/analyse.ts';
import { searchClip } from '../../../src/match/search.ts';
import { searchShards } from '../../../src/match/shards/merged-search.ts';
import type { Pcm, Print, TrackId } from '../../../src/types.ts';
import { clipOf, mixOf, playedAt, printOfSound } from '../../support/clips.ts';
import { kernelModule } from '../../support/kernel.ts';
import { music, noise } from '../../support/music.ts';
import { random } from '../../support/random.ts';
import { shardsOver, shownResult, splitLibrary } from '../../support/split-library.ts';

const RATE = 11025;
const SONGS = 5;
const SECONDS = 15;
let songs: Pcm[];
let real: Print[];

beforeAll(() => {
  songs = Array.from({ length: SONGS }, (_, i) => music(SECONDS, RATE, i + 1));
  real = songs.map(printOfSound);
}, 180_000);

/** The songs, and tracks made of their pieces. */
function library(tracks: number, seed: number): Map<TrackId, Print> {
  const next = random(seed);
  const made = Array.from({ length: tracks - SONGS }, () => printLike(real, next, 6));
  return new Map([...real, ...made].map((print, i) => [i + 1, print]));
}

/** Shards of about 10, 30 and 60 % of the tracks. */
function shardOfEach(seed: number, tracks: number): (track: TrackId) => number {
  const next = random(seed);
  const shards = Array.from({ length: tracks }, () => [0, 1, 1, 1, 2, 2, 2, 2, 2, 2][Math.floor(10 * next())]);
  return (track) => shards[track - 1];
}

const hissed = (clip: Pcm, level: number) => mixOf(clip, { samples: noise(clip.samples.length, 0.1, 7) }, -level);

function clipsOf(seed: number): Pcm[] {
  const song = songs[seed % SONGS];
  const from = 1 + (seed % 7);
  return [
    hissed(clipOf(song, from, 3), 4 + (seed % 6)),
    playedAt(clipOf(song, from, 6), 1 + ((seed % 9) - 4) / 40),
    mixOf(clipOf(song, from, 5), clipOf(songs[(seed + 1) % SONGS], 4, 5)),
    music(1 + (seed % 4), RATE, 100 + seed),
    hissed(music(3, RATE, 200 + seed), 6),
    { samples: noise(2 * RATE, 0.1, seed), sampleRate: RATE },
  ];
}

/** More than 300 tracks are chosen by their sketches, and stand out or not; with fewer, all are compared. */
test.each([
  [40, 2],
  [340, 3],
])('%i tracks, seed %i', { timeout: 120_000 }, async (tracks, seed) => {
  const { whole, parts } = splitLibrary(library(tracks, seed), shardOfEach(seed, tracks));
  for (const clip of clipsOf(seed)) {
    const analysis = analyse(kernelModule, clip);
    const one = await searchClip(analysis, whole, { others: tracks });
    const many = await searchShards(analysis, shardsOver(parts), { others: tracks });
    expect(shownResult(many)).toEqual(shownResult(one));
  }
});
