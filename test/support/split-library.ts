/** The same tracks in one library and in several shards. The library has those of the first shard first. */

import type { Index } from '../../src/match/index-view.ts';
import type { Candidate } from '../../src/match/judge/candidates.ts';
import { isRefusedSound } from '../../src/match/judge/refused.ts';
import type { SearchResult } from '../../src/match/search-model.ts';
import type { ClipRound, Findings, Questions, Round, Shards } from '../../src/match/shards/findings.ts';
import { tracksIn } from '../../src/match/shards/findings.ts';
import { partOfPrint } from '../../src/match/shards/print-part.ts';
import { countsIn, ShardSearch } from '../../src/match/shards/shard-search.ts';
import type { Print, TrackId } from '../../src/types.ts';
import { memoryIndex } from './memory-index.ts';

export function splitLibrary(
  prints: Map<TrackId, Print>,
  shardOf: (track: TrackId) => number,
  refused: Map<TrackId, Print[]> = new Map(),
): { whole: Index; parts: Index[] } {
  const inShards = new Map<number, [TrackId, Print][]>();
  for (const entry of prints) inShards.set(shardOf(entry[0]), [...(inShards.get(shardOf(entry[0])) ?? []), entry]);
  const parts = [...inShards.keys()].sort((a, b) => a - b).map((shard) => inShards.get(shard) ?? []);
  const indexOf = (some: [TrackId, Print][]): Index => ({
    ...memoryIndex(new Map(some)),
    refusedSounds: (track) => refused.get(track) ?? [],
    isRefused: (track, ...sound) => isRefusedSound(refused.get(track) ?? [], ...sound),
  });
  return { whole: indexOf(parts.flat()), parts: parts.map(indexOf) };
}

/** As matchers answer: nothing is kept from one round to the next. `gone`: a shard that does not answer after so many rounds. */
export function shardsOver(parts: Index[], gone?: { shard: number; rounds: number }): Shards & { asked: Round[] } {
  const asked: Round[] = [];
  const living = () => parts.filter((_, shard) => shard !== gone?.shard || asked.length <= gone.rounds);
  return {
    asked,
    async ask<R extends Round>(round: R, question: Questions[R], clip: Parameters<Shards['ask']>[2]) {
      asked.push(round);
      const answers = living().map((index) => {
        if (round === 'counts') return countsIn(index, question as Questions['counts']);
        const own = tracksIn(question)?.filter((track) => index.stretches().tracks.includes(track));
        return new ShardSearch(clip, index).run(round as ClipRound, own ? { ...question, tracks: own } : question);
      });
      return sent(await Promise.all(answers)) as Findings[R][];
    },
    async printsNear(places) {
      return Promise.all(
        places.map(async ({ track, start, frames }) => {
          const index = living().find((one) => one.stretches().tracks.includes(track));
          const [print] = (await index?.prints([track])) ?? [];
          return print && { print: partOfPrint(print, start, frames), refused: index?.refusedSounds?.(track) ?? [] };
        }),
      );
    },
  };
}

/** As it arrives over the network. */
const sent = <T>(answers: T): T => JSON.parse(JSON.stringify(answers));

const shown = ({ track, start, warp, confidence, standing, isWarped }: Candidate) => ({
  ...{ track, start, warp, isWarped },
  // Numbers that are added in another order differ in the last digits.
  confidence: confidence.toFixed(9),
  standing: standing?.toFixed(9),
});

/** All of an answer. */
export const shownResult = ({ matches, others, step }: SearchResult) => ({
  step,
  matches: matches.map((match) => ({ ...shown(match), otherStarts: match.otherStarts })),
  others: others.map(shown),
});
