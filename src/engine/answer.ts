/** What matching found, in frames and track numbers, becomes what a person is told: seconds and tracks. */
import type { Analysis } from '../match/analysis.ts';
import type { Index } from '../match/index-view.ts';
import { metPeaks } from '../match/met.ts';
import type { Candidate } from '../match/search.ts';
import type { Match, Track, TrackId } from '../types.ts';

type TrackOf = (id: TrackId) => Track | undefined;

/** Candidates whose track went meanwhile are left out. */
export function matchesOf(candidates: Candidate[], trackOf: TrackOf, frameRate: number): Match[] {
  return candidates.flatMap((candidate) => {
    const track = trackOf(candidate.track);
    if (!track) return [];
    const { start, confidence, warp, votes } = candidate;
    return {
      track,
      offsetSeconds: start / frameRate,
      confidence,
      speed: warp.tempo,
      pitch: warp.pitch,
      votes,
    };
  });
}

/** Adds the peaks that were met, for the picture. */
export async function withMetPeaks(matches: Match[], { map, frameRate }: Analysis, index: Index): Promise<Match[]> {
  const prints = await index.prints(matches.map(({ track }) => track.id));
  return matches.map((match, i) => {
    const print = prints[i];
    if (!print) return match;
    const warp = { tempo: match.speed, pitch: match.pitch };
    return { ...match, met: metPeaks(print, map, match.offsetSeconds * frameRate, warp) };
  });
}
