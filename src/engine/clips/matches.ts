/** Converts results of matching from frames and track numbers to seconds and tracks. */
import type { Analysis } from '../../match/analysis.ts';
import { heardPeaks } from '../../match/heard-peaks.ts';
import type { Index } from '../../match/index-view.ts';
import type { Warp } from '../../match/judge/align.ts';
import type { Candidate } from '../../match/judge/candidates.ts';
import type { LivePiece } from '../../match/live/live-state.ts';
import type { Answer } from '../../match/search-model.ts';
import type { Match, Print, Track, TrackId } from '../../types.ts';
import type { Piece } from '../sessions/hearing-model.ts';

type TrackOf = (id: TrackId) => Track | undefined;

/** Leaves out candidates whose track was removed meanwhile. */
export function matchesOf(candidates: (Candidate & Partial<Answer>)[], trackOf: TrackOf, frameRate: number): Match[] {
  return candidates.flatMap((candidate) => {
    const track = trackOf(candidate.track);
    if (!track) return [];
    const { start, otherStarts = [], confidence, warp } = candidate;
    return {
      track,
      offsetSeconds: start / frameRate,
      ...(otherStarts.length > 0 && { otherOffsets: otherStarts.map((other) => other / frameRate) }),
      confidence,
      speed: warp.tempo,
      pitch: warp.pitch,
    };
  });
}

/** Candidates below this are left out, because they would be shown as 0 %. */
const LEAST_POSSIBLE = 0.005;

export const possible = <T extends { confidence: number }>(matches: T[]): T[] =>
  matches.filter(({ confidence }) => confidence >= LEAST_POSSIBLE);

/** Undefined if the track was removed meanwhile. */
export function pieceOf(piece: LivePiece, trackOf: TrackOf, frameRate: number): Piece | undefined {
  const track = trackOf(piece.track);
  return (
    track && {
      number: piece.number,
      track,
      fromSeconds: piece.fromFrame / frameRate,
      toSeconds: piece.toFrame / frameRate,
      trackSeconds: piece.trackFrame / frameRate,
      speed: piece.warp.tempo,
      confidence: piece.confidence,
    }
  );
}

/** The only piece of a session that was recognised just at its end, as a clip. */
export function pieceOfClip(match: Match, fromSeconds: number, toSeconds: number): Piece {
  const { track, offsetSeconds, speed, confidence } = match;
  return { number: 1, track, fromSeconds, toSeconds, trackSeconds: offsetSeconds, speed, confidence };
}

/** Adds the peaks of each track that are visible in the clip, for drawing. */
export function withHeardPeaks(matches: Match[], analysis: Analysis, index: Index): Promise<Match[]> {
  return withPrints(matches, analysis, index, (print, start, warp) => ({
    met: heardPeaks(print, analysis.map, start, warp),
  }));
}

/** Adds what `more` computes from each match's print. */
export async function withPrints(
  matches: Match[],
  { frameRate }: Analysis,
  index: Index,
  more: (print: Print, start: number, warp: Warp) => Partial<Match>,
): Promise<Match[]> {
  const prints = await index.prints(matches.map(({ track }) => track.id));
  return matches.map((match, i) => {
    const print = prints[i];
    if (!print) return match;
    const warp = { tempo: match.speed, pitch: match.pitch };
    return { ...match, ...more(print, match.offsetSeconds * frameRate, warp) };
  });
}
