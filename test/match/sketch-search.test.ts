import { beforeAll, expect, test } from 'vitest';
import type { Index } from '../../src/match/index-view.ts';
import type { Pcm, Print } from '../../src/types.ts';
import { clipOf, mixOf, playedAt, printOfSound, rms, search } from '../support/clips.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music, noise } from '../support/music.ts';
import { somePrint } from '../support/prints.ts';

/** More tracks than prints are compared, of which six are songs; without landmarks, the sketches must choose. */
const TRACKS = 400;
const RATE = 11025;
const songs = new Map<number, Pcm>();
let index: Index;

beforeAll(() => {
  const prints = new Map<number, Print>();
  for (let track = 1; track <= 6; track++) {
    songs.set(track, music(30, RATE, track));
    prints.set(track, printOfSound(songs.get(track)!));
  }
  for (let track = 7; track <= TRACKS; track++) prints.set(track, somePrint(track, { seconds: 30 }));
  index = {
    ...memoryIndex(prints),
    lookup: async (hashes) => ({ starts: new Uint32Array(hashes.length + 1), positions: new Uint32Array(0) }),
  };
}, 60_000);

test('a noisy clip is found among many tracks without a landmark', { timeout: 60_000 }, async () => {
  for (const [track, song] of songs) {
    const clip = clipOf(song, 11.3, 5);
    const hiss = noise(clip.samples.length, 1, track);
    const noisy = mixOf(clip, { samples: hiss }, 20 * Math.log10(rms(clip.samples) / rms(hiss)));
    const { matches, step } = await search(noisy, index);
    expect(matches[0]?.track).toBe(track);
    expect(step).toBeLessThanOrEqual(3);
  }
});

test('at another speed, too, with its speed', { timeout: 60_000 }, async () => {
  const { matches, step } = await search(playedAt(clipOf(songs.get(2)!, 9.1, 8), 1.06), index);
  expect(matches[0]?.track).toBe(2);
  expect(matches[0].warp.tempo).toBeCloseTo(1.06, 2);
  expect(step).toBe(3);
});

test('only the track asked for is an answer', { timeout: 60_000 }, async () => {
  const clip = clipOf(songs.get(3)!, 8, 5);
  expect((await search(clip, index, { only: 3 })).matches[0]?.track).toBe(3);
  expect((await search(clip, index, { only: 4 })).matches).toEqual([]);
});

test('a search that is stopped ends', { timeout: 60_000 }, async () => {
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(search(clipOf(songs.get(3)!, 8, 5), index, { signal: stopped })).rejects.toThrow('enough');
});
