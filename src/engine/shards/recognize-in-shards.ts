/** Recognises a clip among the tracks of several shards. */
import { questionOfClip } from '../../match/clip-question.ts';
import type { Candidate } from '../../match/judge/candidates.ts';
import type { Near, NearPart } from '../../match/shards/findings.ts';
import { searchShards } from '../../match/shards/merged-search.ts';
import type { Recognition, Track, TrackId } from '../../types.ts';
import type { AnalysedClip } from '../clips/answer-clip.ts';
import { matchesOf, possible } from '../clips/matches.ts';
import type { RecognizeOptions } from '../clips/recognize-options.ts';
import type { ShardGroup } from './shard-group.ts';

export async function recognizeInShards(
  group: ShardGroup,
  { analysis, heardSeconds, kernelMs }: AnalysedClip,
  options: RecognizeOptions = {},
  signal?: AbortSignal,
): Promise<Recognition> {
  const begun = performance.now();
  const asked = group.ask(signal, options.deadline);
  const known = new Map<TrackId, Track>();
  const shards = {
    ask: asked.ask.bind(asked),
    async printsNear(places: Near[]): Promise<(NearPart | undefined)[]> {
      const answers = await asked.near(places);
      for (const answer of answers) if (answer) known.set(answer.track.id, answer.track);
      return answers;
    },
  };
  const { matches, others, step } = await searchShards(analysis, shards, { ...options, signal });
  const named = async (candidates: Candidate[]) => {
    const unknown = candidates.map(({ track }) => track).filter((id) => !known.has(id));
    const tracks = unknown.length > 0 ? await asked.tracks(unknown) : [];
    for (const track of tracks) if (track) known.set(track.id, track);
    return matchesOf(candidates, (id) => known.get(id), analysis.frameRate);
  };
  const found = await named(matches);
  const left = await named(possible(others));
  const missing = asked.missing();
  const totalMs = kernelMs + performance.now() - begun;
  const lookupMs = asked.elapsedMs;
  return {
    matches: found,
    others: left,
    heardSeconds,
    hashCount: questionOfClip(analysis).hashes.length,
    step,
    ...((missing.shards.length > 0 || missing.matchers.length > 0) && { missing }),
    timings: { kernelMs, lookupMs, matchMs: totalMs - kernelMs - lookupMs, totalMs },
  };
}
