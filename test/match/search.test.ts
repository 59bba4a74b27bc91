import { beforeAll, expect, test } from 'vitest';
import type { Index } from '../../src/match/index-view.ts';
import type { Pcm, Print } from '../../src/types.ts';
import { clipOf, FRAMES_PER_SECOND, mixOf, playedAt, printOfSound, rms, search } from '../support/clips.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music, noise } from '../support/music.ts';

const SECONDS = 30;
const RATE = 11025;
const songs = new Map<number, Pcm>();
const prints = new Map<number, Print>();
let index: Index;

beforeAll(() => {
  for (let track = 1; track <= 8; track++) {
    songs.set(track, music(SECONDS, RATE, track));
    prints.set(track, printOfSound(songs.get(track)!));
  }
  index = memoryIndex(prints);
}, 60_000);

const secondsOf = (start: number) => start / FRAMES_PER_SECOND;

test('every clean window of three seconds finds its track and its place', { timeout: 60_000 }, async () => {
  for (const [track, song] of songs) {
    for (let from = 0.37; from + 3 < SECONDS; from += 4.9) {
      const { matches } = await search(clipOf(song, from, 3), index);
      expect(matches[0]?.track, `track ${track} from ${from}`).toBe(track);
      expect(Math.abs(secondsOf(matches[0].start) - from)).toBeLessThan(0.1);
      expect(matches[0].warp).toEqual({ tempo: 1, pitch: 1 });
      expect(matches[0].confidence).toBeGreaterThan(0.9);
    }
  }
});

test('a whole song, and one that begins before its recording did, find their places', { timeout: 60_000 }, async () => {
  const song = songs.get(3)!;
  const whole = await search(clipOf(song, 0, 20), index);
  expect(whole.matches[0].track).toBe(3);
  expect(secondsOf(whole.matches[0].start)).toBeCloseTo(0, 1);
  const early = new Float32Array(8 * RATE);
  early.set(song.samples.subarray(0, 5 * RATE), 3 * RATE);
  const { matches } = await search({ samples: early, sampleRate: RATE }, index);
  expect(matches[0].track).toBe(3);
  expect(secondsOf(matches[0].start)).toBeCloseTo(-3, 1);
});

test('silence, noise and music that was never learnt find nothing', { timeout: 60_000 }, async () => {
  const unknown = (samples: Float32Array) => search({ samples, sampleRate: RATE }, index);
  expect((await unknown(new Float32Array(5 * RATE))).matches).toEqual([]);
  expect((await unknown(new Float32Array(0))).matches).toEqual([]);
  expect((await unknown(noise(5 * RATE, 0.1))).matches).toEqual([]);
  for (let seed = 101; seed <= 104; seed++) expect((await unknown(music(5, RATE, seed).samples)).matches).toEqual([]);
});

test('noise as loud as the music hides no song', { timeout: 60_000 }, async () => {
  for (const track of [1, 4, 6]) {
    const clip = clipOf(songs.get(track)!, 9.2, 5);
    const hiss = noise(clip.samples.length, 1, track);
    const { matches } = await search(
      mixOf(clip, { samples: hiss }, 20 * Math.log10(rms(clip.samples) / rms(hiss))),
      index,
    );
    expect(matches[0]?.track).toBe(track);
  }
});

test.each([0.92, 0.97, 1.04, 1.08])(
  'a song played %d times as fast is found with its speed',
  { timeout: 60_000 },
  async (speed) => {
    const { matches } = await search(playedAt(clipOf(songs.get(2)!, 11.5, 8), speed), index);
    expect(matches[0]?.track).toBe(2);
    expect(matches[0].warp.tempo).toBeCloseTo(speed, 2);
    expect(matches[0].warp.pitch).toBeCloseTo(speed, 2);
    expect(secondsOf(matches[0].start)).toBeCloseTo(11.5, 0);
  },
);

test('of two songs at once both are named', { timeout: 60_000 }, async () => {
  const clip = mixOf(clipOf(songs.get(1)!, 4, 8), clipOf(songs.get(5)!, 13, 8));
  const { matches } = await search(clip, index);
  expect(matches.map(({ track }) => track).sort()).toEqual([1, 5]);
});

test('the order of adding does not matter, nor do tracks that are not heard', { timeout: 60_000 }, async () => {
  const clip = clipOf(songs.get(7)!, 15.1, 4);
  const backwards = memoryIndex(new Map([...prints].reverse()));
  const alone = memoryIndex(new Map([[7, prints.get(7)!]]));
  for (const other of [backwards, alone]) {
    const [match] = (await search(clip, other)).matches;
    expect(match.track).toBe(7);
    expect(secondsOf(match.start)).toBeCloseTo(15.1, 1);
  }
});

test('of music that repeats itself, the answer has the other places, too', { timeout: 60_000 }, async () => {
  const [verse, chorus] = [songs.get(3)!, songs.get(6)!];
  const part = (song: Pcm, from: number, to: number) => song.samples.subarray(from * RATE, to * RATE);
  const parts = [part(chorus, 2, 10), part(verse, 0, 12), part(chorus, 2, 10), part(verse, 12, 20)];
  const samples = Float32Array.from(parts.flatMap((some) => [...some]));
  const repeating = memoryIndex(new Map([[1, printOfSound({ samples, sampleRate: RATE })]]));
  for (const speed of [1, 1.05]) {
    const clip = clipOf(chorus, 4, 4);
    const [match] = (await search(speed === 1 ? clip : playedAt(clip, speed), repeating)).matches;
    expect(match.otherStarts.length).toBe(1);
    const places = [match.start, ...match.otherStarts].map(secondsOf).sort((a, b) => a - b);
    expect(places[0]).toBeCloseTo(2, 1);
    expect(places[1]).toBeCloseTo(22, 1);
  }
  const [match] = (await search(clipOf(verse, 3, 4), repeating)).matches;
  expect(match.otherStarts).toEqual([]);
  expect(secondsOf(match.start)).toBeCloseTo(11, 1);
});

test('a clip that starts later is placed later by as much', { timeout: 60_000 }, async () => {
  const song = songs.get(4)!;
  const [early] = (await search(clipOf(song, 8, 5), index)).matches;
  const [late] = (await search(clipOf(song, 9.5, 5), index)).matches;
  expect(secondsOf(late.start - early.start)).toBeCloseTo(1.5, 1);
});

test('asked for one track only, no other is named', { timeout: 60_000 }, async () => {
  const clip = clipOf(songs.get(6)!, 5, 5);
  expect((await search(clip, index, { only: 6 })).matches[0]?.track).toBe(6);
  expect((await search(clip, index, { only: 2 })).matches).toEqual([]);
});

test('a search stops when it is told to', async () => {
  const signal = AbortSignal.abort();
  await expect(search(clipOf(songs.get(1)!, 5, 5), index, { signal })).rejects.toThrow();
});

test('a search in turns finds what one in one go finds, and stops between two turns', async () => {
  // Music that is not there: all is tried.
  const clip = music(5, RATE, 105);
  const control = new AbortController();
  let turns = 0;
  const pause = async () => {
    turns++;
  };
  expect(await search(clip, index, { pause })).toEqual(await search(clip, index));
  expect(turns).toBeGreaterThan(5);
  const stopped = search(clip, index, { signal: control.signal, pause: async () => control.abort() });
  await expect(stopped).rejects.toThrow();
});
