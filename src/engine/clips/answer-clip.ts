/** Recognises an analysed clip. Loaded with the first clip: listening can start without it. */
import type { Library } from '../../library/library.ts';
import type { Analysis } from '../../match/analysis.ts';
import { questionOfClip } from '../../match/clip-question.ts';
import { countVotes } from '../../match/count-votes.ts';
import type { Index } from '../../match/index-view.ts';
import { searchClip } from '../../match/search.ts';
import type { SearchOptions } from '../../match/search-model.ts';
import type { Recognition, TrackId } from '../../types.ts';
import { turns } from '../turns.ts';
import { clocked } from './clocked-index.ts';
import { matchesOf, possible, withHeardPeaks, withPrints } from './matches.ts';

export interface AnalysedClip {
  analysis: Analysis;
  heardSeconds: number;
  /** The time that the analysis took. */
  kernelMs: number;
}

export async function recognizeClip(
  library: Library,
  libraryIndex: Index,
  { analysis, heardSeconds, kernelMs }: AnalysedClip,
  options: SearchOptions,
): Promise<Recognition> {
  const begun = performance.now();
  const index = clocked(libraryIndex);
  const { matches, others, step } = await searchClip(analysis, index, { ...options, pause: turns() });
  const trackOf = (id: TrackId) => library.track(id);
  const found = matchesOf(matches, trackOf, analysis.frameRate);
  const lookupMs = index.elapsedMs;
  const totalMs = kernelMs + performance.now() - begun;
  const drawn = await withHeardPeaks(found, analysis, library);
  return {
    // The number of landmarks that agree with each answer is only needed for dejavu's format.
    matches: await withPrints(drawn, analysis, library, (print, start, warp) => ({
      votes: countVotes(analysis, print, start, warp),
    })),
    others: possible(matchesOf(others, trackOf, analysis.frameRate)),
    heardSeconds,
    hashCount: questionOfClip(analysis).hashes.length,
    step,
    timings: { kernelMs, lookupMs, matchMs: totalMs - kernelMs - lookupMs, totalMs },
  };
}
