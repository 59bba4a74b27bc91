/** A library that is split into shards gives the answers of the whole one. */
import { beforeAll, expect, test } from 'vitest';
import { analyse } from '../../../src/engine/analyse.ts';
import type { Index } from '../../../src/match/index-view.ts';
import { type Answer, type Candidate, searchClip } from '../../../src/match/search.ts';
import type { Shards } from '../../../src/match/shards/findings.ts';
import { searchShards } from '../../../src/match/shards/merged-search.ts';
import { partOfPrint } from '../../../src/match/shards/print-part.ts';
import { ShardSearch } from '../../../src/match/shards/shard-search.ts';
import type { Pcm, Print } from '../../../src/types.ts';
import { clipOf, mixOf, playedAt, printOfSound } from '../../support/clips.ts';
import { joined } from '../../support/folder.ts';
import { kernelModule } from '../../support/kernel.ts';
import { memoryIndex } from '../../support/memory-index.ts';
import { music, noise } from '../../support/music.ts';
import { somePrint } from '../../support/prints.ts';

/** Of the three steps, the second takes two rounds, the third up to three. */
const ROUNDS = ['landmarks', 'likeliest', 'scan', 'speeds', 'farSpeeds', 'farthestSpeeds'];
const RATE = 11025;
const SHARDS = 3;
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
  whole = memoryIndex(prints);
  parts = Array.from({ length: SHARDS }, (_, shard) =>
    memoryIndex(new Map([...prints].filter(([track]) => track % SHARDS === shard))),
  );
}, 60_000);

/** `gone`: a shard that does not answer from this round on. */
function shardsOf(gone?: { shard: number; rounds: number }): Shards & { asked: string[] } {
  const asked: string[] = [];
  const living = () => parts.filter((_, shard) => shard !== gone?.shard || asked.length <= gone.rounds);
  return {
    asked,
    async ask(round, clip, tracks) {
      asked.push(round);
      return Promise.all(
        living().map((index) => {
          const own = tracks?.filter((track) => index.stretches().tracks.includes(track));
          return new ShardSearch(clip, index).run(round, own);
        }),
      );
    },
    async printsNear(places) {
      return Promise.all(
        places.map(async ({ track, start, frames }) => {
          const [print] = (await Promise.all(living().map((index) => index.prints([track])))).flat().filter(Boolean);
          return print && partOfPrint(print, start, frames);
        }),
      );
    },
  };
}

const shown = ({ track, start, warp, confidence, isWarped }: Candidate) => ({
  ...{ track, start, warp, isWarped },
  confidence: confidence.toFixed(9),
});

const shownAnswer = (answer: Answer) => ({ ...shown(answer), otherStarts: answer.otherStarts });

/** Others are told to the caller from this confidence on. */
const possible = (candidates: Candidate[]) => candidates.filter(({ confidence }) => confidence >= 0.005).map(shown);

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

test.each(clips)('%s', { timeout: 60_000 }, async (_, clip) => {
  const analysis = analyse(kernelModule, clip());
  const one = await searchClip(analysis, whole);
  const shards = shardsOf();
  const many = await searchShards(analysis, shards);
  const rounds = many.step < 3 ? [1, 3][many.step - 1] : Math.max(4, shards.asked.length);
  expect(shards.asked).toEqual(ROUNDS.slice(0, rounds));
  expect(many.step).toBe(one.step);
  expect(many.matches.map(shownAnswer)).toEqual(one.matches.map(shownAnswer));
  // At other speeds, several shards compare more pairs of track and pitch than one library does: unlikely others may differ.
  if (one.step < 3) expect(possible(many.others)).toEqual(possible(one.others));
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
    for (const answer of answers) if ('voted' in answer) for (const { evidence } of answer.voted) evidence.tones = 40;
    return answers;
  };
  const analysis = analyse(kernelModule, playedAt(clipOf(songs.get(2)!, 6.5, 9), 1.008));
  const { matches, others } = await searchShards(analysis, shards);
  expect([...matches, ...others].length).toBeGreaterThan(0);
});

test('a shard that stops answering takes only its own tracks with it', async () => {
  const analysis = analyse(kernelModule, clipOf(songs.get(3)!, 7.3, 5));
  expect((await searchShards(analysis, shardsOf({ shard: 1, rounds: 0 }))).matches[0].track).toBe(3);
  expect((await searchShards(analysis, shardsOf({ shard: 0, rounds: 1 }))).matches[0].track).toBe(3);
  expect((await searchShards(analysis, shardsOf({ shard: 0, rounds: 0 }))).matches).toEqual([]);
});
