/**
 * How far a track stands out from all other tracks of the library. In: how well the best sketches fit the clip, and how many sketches were
 * compared. Out: for each of these tracks, by how many powers of ten its fit is rarer than the best fit expected of unrelated tracks.
 *
 * The number of tracks falls exponentially with their fit: each further `decade` of fit leaves a tenth as many. Extrapolated to one track
 * in the whole library, this gives the fit to expect of the best unrelated track. It depends on the clip, which may be noisy or clear.
 * A few tracks that are right, or sound alike, change it little.
 */
import type { TrackId } from '../../types.ts';

export interface Standings {
  best: Map<TrackId, number>;
  /** No other track has a higher standing than this. */
  least: number;
}

/** The share of tracks from which the slope is estimated. Its first `LEFT_OUT` may be the right track: they are only counted. */
const TAIL = 0.05;
const LEFT_OUT = 2;
/** With fewer tracks than this, the slope cannot be estimated. */
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
