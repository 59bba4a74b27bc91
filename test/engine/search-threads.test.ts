import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { SearchThreads } from '../../src/engine/search-threads/search-threads.ts';
import type { Library } from '../../src/library/library.ts';
import type { Analysis } from '../../src/match/analysis.ts';
import type { Index } from '../../src/match/index-view.ts';
import { searchClip } from '../../src/match/search.ts';
import type { Pcm, Print, TrackId } from '../../src/types.ts';
import { clipOf, mixOf, playedAt, printOfSound, rms } from '../support/clips.ts';
import { kernelModule } from '../support/kernel.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music, noise } from '../support/music.ts';
import { somePrint } from '../support/prints.ts';
import { startHere, type ThreadHere } from '../support/search-threads-here.ts';

const TRACKS = 330;
const RATE = 11025;
const songs = new Map<number, Pcm>();
const prints = new Map<TrackId, Print>();
/** So few that this library is worth three threads. */
const BLOCKS_PER_THREAD = 1500;
const open: SearchThreads[] = [];
let alone: Index;

beforeAll(() => {
  for (let track = 1; track <= 5; track++) {
    songs.set(track, music(30, RATE, track));
    prints.set(track, printOfSound(songs.get(track)!));
  }
  // Every fifth is the same as an earlier one, which another thread may compare: equal fits.
  for (let track = 6; track <= TRACKS; track++)
    prints.set(track, track % 5 ? somePrint(track, { seconds: 30 }) : (prints.get(track - 70) ?? prints.get(2)!));
  alone = {
    ...memoryIndex(prints),
    lookup: async (hashes) => ({ starts: new Uint32Array(hashes.length + 1), positions: new Uint32Array(0) }),
  };
}, 240_000);
afterEach(() => {
  vi.useRealTimers();
  for (const threads of open.splice(0)) threads.close();
});

/** A library of these tracks, as the threads see it. */
function libraryOf(tracks: () => TrackId[]) {
  const watchers = new Set<Parameters<Library['watch']>[0]>();
  const stretches = () => ({
    starts: new Uint32Array(tracks().length),
    frameCounts: Uint32Array.from(tracks(), (track) => prints.get(track)!.frameCount),
    tracks: Uint32Array.from(tracks()),
  });
  const library: Pick<Library, 'watch' | 'stretches' | 'sketches'> = {
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    stretches,
    sketches: alone.sketches,
  };
  const changed = () => {
    for (const watcher of watchers) watcher({ kind: 'tracks' });
  };
  return { library, changed };
}

/** Threads that hold their share of all tracks. */
async function threadsFor(most: number, failing?: (call: string) => boolean) {
  const started: ThreadHere[] = [];
  const { library, changed } = libraryOf(() => [...prints.keys()]);
  const host = { most, start: () => startHere(started, failing) };
  const threads = new SearchThreads(library, host, BLOCKS_PER_THREAD);
  open.push(threads);
  const tracks = [...prints.keys()];
  for (let search = 0; search < 2; search++) threads.elsewhere(tracks);
  await threads.copied();
  const index: Index = { ...alone, elsewhere: async (asked) => threads.elsewhere(asked) };
  return { index, started, threads, changed };
}

const analysisOf = (clip: Pcm) => analyse(kernelModule, clip);

function noisy(clip: Pcm, seed: number, decibels = 0): Pcm {
  const hiss = noise(clip.samples.length, 1, seed);
  return mixOf(clip, { samples: hiss }, 20 * Math.log10(rms(clip.samples) / rms(hiss)) + decibels);
}

function clips(): [string, Analysis][] {
  const song = (track: number, from: number, seconds = 5) => clipOf(songs.get(track)!, from, seconds);
  return [
    ['one that is there many times', noisy(song(2, 8.1), 2)],
    ['noisier', noisy(song(3, 3.3), 3, 6)],
    ['faster', playedAt(song(4, 9.1, 8), 1.06)],
    ['much slower', playedAt(song(5, 6.1, 8), 0.85)],
    ['music that is not there', music(5, RATE, 105)],
    ['hiss', { samples: noise(5 * RATE, 0.1), sampleRate: RATE }],
    ['silence', { samples: new Float32Array(3 * RATE), sampleRate: RATE }],
  ].map(([what, clip]) => [what as string, analysisOf(clip as Pcm)]);
}

test('answers are those of one thread, to the last bit', { timeout: 240_000 }, async () => {
  const one = await threadsFor(1);
  const three = await threadsFor(3);
  expect([one.started.length, three.started.length]).toEqual([1, 3]);
  for (const [what, analysis] of clips()) {
    const expected = await searchClip(analysis, alone);
    expect(await searchClip(analysis, one.index), what).toEqual(expected);
    expect(await searchClip(analysis, three.index), what).toEqual(expected);
  }
  for (const { calls } of three.started)
    expect(calls).toEqual(expect.arrayContaining(['likeliest', 'scan', 'tones', 'warped']));
});

test('each thread holds its share, and this one keeps what none of them holds', async () => {
  const { threads } = await threadsFor(3);
  const tracks = [...prints.keys()];
  const shares = threads.elsewhere(tracks).map(({ positions }) => [...positions].map((i) => tracks[i]));
  const elsewhere = shares.flat();
  expect(new Set(elsewhere).size).toBe(elsewhere.length);
  expect(shares.every(({ length }) => length >= 64 && length < TRACKS / 2)).toBe(true);
  expect(elsewhere.length).toBeLessThan(TRACKS);
});

test('no thread is started for a single search, nor for a small library', async () => {
  const started: ThreadHere[] = [];
  const tracks = [...prints.keys()];
  const host = { most: 3, start: () => startHere(started) };
  const large = new SearchThreads(libraryOf(() => tracks).library, host, BLOCKS_PER_THREAD);
  open.push(large);
  expect(large.elsewhere(tracks)).toEqual([]);
  expect(started).toEqual([]);
  const small = new SearchThreads(libraryOf(() => tracks.slice(0, 100)).library, host, BLOCKS_PER_THREAD);
  open.push(small);
  for (let search = 0; search < 3; search++) expect(small.elsewhere(tracks.slice(0, 100))).toEqual([]);
  expect(started).toEqual([]);
});

test('they follow what is added and removed', { timeout: 120_000 }, async () => {
  const started: ThreadHere[] = [];
  let tracks = [...prints.keys()].slice(0, 260);
  const { library, changed } = libraryOf(() => tracks);
  const threads = new SearchThreads(library, { most: 2, start: () => startHere(started) }, BLOCKS_PER_THREAD);
  open.push(threads);
  const comparedElsewhere = () =>
    threads.elsewhere(tracks).flatMap(({ positions }) => [...positions].map((i) => tracks[i]));
  const isIn = (some: number[]) => some.filter((track) => tracks.includes(track));
  comparedElsewhere();
  comparedElsewhere();
  await threads.copied();
  const first = comparedElsewhere();
  expect(first.length).toBeGreaterThan(100);

  const removed = new Set([...first.slice(0, 20), 1, 2]);
  tracks = [...prints.keys()].filter((track) => !removed.has(track));
  changed();
  expect(comparedElsewhere().sort()).toEqual(isIn(first).sort());
  await expect.poll(() => comparedElsewhere().length).toBeGreaterThan(first.length);
  await threads.copied();

  const living = new Map([...prints].filter(([track]) => tracks.includes(track)));
  const here = { ...alone, stretches: memoryIndex(living).stretches };
  const index: Index = { ...here, elsewhere: async (asked) => threads.elsewhere(asked) };
  for (const [what, analysis] of clips().slice(1, 3))
    expect(await searchClip(analysis, index), what).toEqual(await searchClip(analysis, here));
});

test('without a thread that came to an end, the answer is the same', { timeout: 120_000 }, async () => {
  const absent = analysisOf(music(5, RATE, 105));
  const expected = await searchClip(absent, alone);
  for (const call of ['likeliest', 'scan', 'warped']) {
    const { index } = await threadsFor(2, (name) => name === call);
    expect(await searchClip(absent, index), call).toEqual(expected);
  }
  const { index, started, threads } = await threadsFor(2);
  const answer = searchClip(absent, index);
  await expect.poll(() => started[0].calls).toContain('likeliest');
  started[0].crash();
  expect(await answer).toEqual(expected);
  expect(started[0].isEnded).toBe(true);
  expect(threads.elsewhere([...prints.keys()]).length).toBe(1);
});

test('prints that cannot be sent to a thread are read by this one', { timeout: 120_000 }, async () => {
  const analysis = analysisOf(noisy(clipOf(songs.get(3)!, 3.3, 5), 3, 6));
  const { index, started } = await threadsFor(2);
  const withoutRows: Index = { ...index, packedPrints: async (tracks) => tracks.map(() => undefined) };
  const expected = await searchClip(analysis, alone);
  expect(await searchClip(analysis, withoutRows)).toEqual(expected);
  expect(expected.matches).not.toEqual([]);
  for (const { calls } of started) expect(calls).toContain('scan');
});

test('a search that is stopped ends on all threads', async () => {
  const { index, started } = await threadsFor(2);
  const control = new AbortController();
  const pause = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    if (started[0].calls.includes('likeliest')) control.abort(new Error('enough'));
  };
  const search = searchClip(analysisOf(music(5, RATE, 107)), index, { signal: control.signal, pause });
  await expect(search).rejects.toThrow('enough');
  for (const { calls } of started) await expect.poll(() => calls.at(-1)).toBe('end');
});

test('they end when no whole library was searched for a while, and start again', async () => {
  const { threads, started } = await threadsFor(2);
  vi.useFakeTimers();
  const tracks = [...prints.keys()];
  threads.elsewhere(tracks);
  vi.advanceTimersByTime(100_000);
  expect(threads.elsewhere(tracks).length).toBe(2);
  vi.advanceTimersByTime(130_000);
  expect(started.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  expect(threads.elsewhere(tracks)).toEqual([]);
  threads.elsewhere(tracks);
  expect(started.length).toBe(4);
});
