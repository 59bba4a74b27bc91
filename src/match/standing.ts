/**
 * How far a track stands out from all tracks of the library. In: how well the best sketches fit the clip, and of how many. Out: of each
 * the decades by which its fit is rarer than the best of so many unrelated tracks.
 *
 * The best fits fall off exponentially: a tenth as many tracks for each `decade` more. Continued to one track in the whole library, this
 * gives the fit that the best unrelated one is expected to have, whatever the clip: noisy or clear, rich in tones or not. A few tracks
 * that are right, or alike, change it little.
 */
import type { TrackId } from '../types.ts';

export interface Standings {
  best: Map<TrackId, number>;
  /** The most that all others have. */
  least: number;
}

/** The share of tracks whose fits show how they fall off. Of its best, which may be right, only the number counts. */
const TAIL = 0.05;
const LEFT_OUT = 2;
/** Fewer tracks than this say too little. */
const LEAST_TAIL = 10;

/** `fits` are those of the best tracks, best first; `count` tracks were compared. */
export function standingsOf(compared: { tracks: TrackId[]; fits: number[]; count: number }): Standings | undefined {
  const { tracks, fits } = compared;
  const standing = standingOf(fits, compared.count);
  if (!standing) return undefined;
  return {
    best: new Map(tracks.map((track, i) => [track, standing(fits[i])])),
    least: standing(fits[fits.length - 1]),
  };
}

export function standingOf(best: number[], count: number): ((fit: number) => number) | undefined {
  const tail = Math.min(best.length - 1, Math.round(TAIL * count));
  if (tail < LEAST_TAIL) return undefined;
  const level = best[tail];
  const kept = best.slice(LEFT_OUT, tail);
  const excess = kept.reduce((sum, fit) => sum + fit - level, LEFT_OUT * (kept[0] - level));
  const decade = Math.max(1, excess / kept.length) * Math.LN10;
  const expected = level + decade * Math.log10(tail);
  return (fit) => (fit - expected) / decade;
}
