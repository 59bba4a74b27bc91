/** A library that is split into shards gives the answers of the whole one. */
import { beforeAll, expect, test } from 'vitest';
import { analyse } from '../../../src/engine/clips/analyse.ts';
import type { Index } from '../../../src/match/index-view.ts';
import { searchClip } from '../../../src/match/search.ts';
import { searchShards } from '../../../src/match/shards/merged-search.ts';
import type { Pcm, Print } from '../../../src/types.ts';
import { clipOf, mixOf, playedAt, printOfSound } from '../../support/clips.ts';
import { joined } from '../../support/folder.ts';
import { kernelModule } from '../../support/kernel.ts';
import { music, noise } from '../../support/music.ts';
import { somePrint } from '../../support/prints.ts';
import { shardsOver, shownResult, splitLibrary } from '../../support/split-library.ts';

/** Of the three steps, each takes two rounds, the third up to three times. */
const ROUNDS = [
  ...['counts', 'landmarks', 'likeliest', 'scan'],
  ...['tones', 'speeds', 'tones', 'speeds', 'tones', 'speeds'],
];
const RATE = 11025;
const songs = new Map<number, Pcm>();
const prints = new Map<number, Print>();
let whole: Index;
let parts: Index[];

beforeAll(() => {
  for (let track = 1; track <= 6; track++) {
    songs.set(track, music(24, RATE, track));
    prints.set(track, printOfSound(songs.get(track)!));
  }
  // The same music twice.
  songs.set(7, joined(music(12, RATE, 7), music(12, RATE, 7)));
  prints.set(7, printOfSound(songs.get(7)!));
  // More tracks than all prints are scanned for.
  for (let track = 8; track <= 304; track++) prints.set(track, somePrint(track, { seconds: 3 }));
  ({ whole, parts } = splitLibrary(prints, (track) => track % 3));
}, 180_000);

const shardsOf = (gone?: { shard: number; rounds: number }) => shardsOver(parts, gone);

const clips: [string, () => Pcm][] = [
  ['a clean clip', () => clipOf(songs.get(3)!, 7.3, 5)],
  ['a clip under noise', () => noisy(clipOf(songs.get(5)!, 12.1, 5), 3)],
  ['a clip that is hardly audible', () => noisy(clipOf(songs.get(6)!, 4, 5), 8)],
  ['two songs at once', () => mixOf(clipOf(songs.get(1)!, 4, 8), clipOf(songs.get(5)!, 13, 8))],
  ['a song played faster', () => playedAt(clipOf(songs.get(2)!, 11.5, 8), 1.04)],
  ['a song played much faster', () => playedAt(clipOf(songs.get(4)!, 6.2, 8), 1.16)],
  ['a song that repeats itself', () => clipOf(songs.get(7)!, 2.5, 6)],
  ['music that is not there', () => music(5, RATE, 101)],
  ['silence', () => ({ samples: new Float32Array(3 * RATE), sampleRate: RATE })],
];

const noisy = (clip: Pcm, level: number) => mixOf(clip, { samples: noise(clip.samples.length, 0.1, 7) }, -level);

test.each(clips)('%s', { timeout: 180_000 }, async (_, clip) => {
  const analysis = analyse(kernelModule, clip());
  const one = await searchClip(analysis, whole);
  const shards = shardsOf();
  const many = await searchShards(analysis, shards);
  const rounds = many.step < 3 ? 2 * many.step : Math.max(6, shards.asked.length);
  expect(shards.asked).toEqual(ROUNDS.slice(0, rounds));
  expect(shownResult(many)).toEqual(shownResult(one));
});

/** Song 1 is refused for another sound, which makes no difference. */
test.each([3, 6])('a sound for which song %i must not be named', { timeout: 180_000 }, async (song) => {
  const clip = noisy(clipOf(songs.get(song)!, 7.3, 5), 4);
  const refused = new Map([
    [song, [printOfSound(clip)]],
    [1, [printOfSound(clipOf(songs.get(7)!, 1, 5))]],
  ]);
  const split = splitLibrary(prints, (track) => track % 3, refused);
  for (const seconds of [7.3, 11]) {
    const analysis = analyse(kernelModule, noisy(clipOf(songs.get(song)!, seconds, 5), 4));
    const one = await searchClip(analysis, split.whole, { others: prints.size });
    const many = await searchShards(analysis, shardsOver(split.parts), { others: prints.size });
    expect(one.matches.map(({ track }) => track)).toEqual(seconds === 7.3 ? [] : [song]);
    expect(shownResult(many)).toEqual(shownResult(one));
  }
});

test('of music that repeats itself all places are told', async () => {
  const { matches } = await searchShards(analyse(kernelModule, clipOf(songs.get(7)!, 2.5, 6)), shardsOf());
  expect(matches.map(({ otherStarts }) => otherStarts.length)).toEqual([1]);
});

test('a candidate that becomes one of the first by refining others is judged with its print', async () => {
  const shards = shardsOf();
  const { ask } = shards;
  // With tones that fit everywhere, whatever is refined is worse than what is not.
  shards.ask = async (round, ...asked) => {
    const answers = await ask(round, ...asked);
    for (const answer of answers)
      if ('voted' in answer) for (const { judged } of answer.voted) judged!.evidence.tones = 40;
    return answers;
  };
  const analysis = analyse(kernelModule, playedAt(clipOf(songs.get(2)!, 6.5, 9), 1.008));
  const { matches, others } = await searchShards(analysis, shards);
  expect([...matches, ...others].length).toBeGreaterThan(0);
});

test('a shard that stops answering takes only its own tracks with it', async () => {
  const analysis = analyse(kernelModule, clipOf(songs.get(3)!, 7.3, 5));
  expect((await searchShards(analysis, shardsOf({ shard: 1, rounds: 0 }))).matches[0].track).toBe(3);
  expect((await searchShards(analysis, shardsOf({ shard: 0, rounds: 2 }))).matches[0].track).toBe(3);
  expect((await searchShards(analysis, shardsOf({ shard: 0, rounds: 0 }))).matches).toEqual([]);
});
