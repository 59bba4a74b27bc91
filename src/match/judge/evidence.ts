/**
 * Stage 2 of a search: measures how well a track fits the clip at a proposed place. In: a print, the clip's field, a place. Out: the
 * numbers from which `decide.ts` computes the confidence.
 *
 * The fit is the weighted sum of the field's values where the track has peaks. Energy there counts even if the clip has no peak.
 * Music in the same key fits a little everywhere, so the fit is also computed for up to `MARGIN` frames earlier and later: only at
 * the true place is it much better than around it.
 */
import type { Print, TrackId } from '../../types.ts';
import { type Field, MARGIN } from '../field/field.ts';
import { sumsOf } from '../field/sums.ts';
import { type Alignment, AS_LEARNT, align, type Warp } from './align.ts';
import { LEVEL_WEIGHTS } from './loudness-weights.ts';
import { tonesFit } from './tones.ts';

/** A place to judge, proposed by stage 1. */
export interface Place {
  track: TrackId;
  /** Frame of the track at which the clip would begin. */
  start: number;
  warp: Warp;
  /** True if the speed or pitch differs from the print's. */
  isWarped: boolean;
  /** If `start` is known roughly only: within so many frames, at most `MARGIN`. */
  reach?: number;
  /** How far the track's sketch stands out, if sketches were compared; see `standing.ts`. */
  standing?: number;
  /** The track's print, where it is at hand. */
  print?: Print;
}

export interface Evidence {
  /** Frame of the track at which the clip begins: the best fit near the proposed place. */
  start: number;
  /** Fit minus the mean fit around it, in standard deviations of a sum of independent terms. */
  contrast: number;
  /** The fit in the same unit, with a cap per moment of the clip, because one loud onset fits many tracks. */
  steady: number;
  /** Fit of the sustained tones: mean 0 and standard deviation 1 for random tones. See `tones.ts`. */
  tones: number;
  /** The clip's tonality; see `ClipTones`. */
  tonality: number;
  /** Length of the clip in frames. */
  frames: number;
}

/** The best fit is sought within this many frames of the proposed place. */
const TOLERANCE = 3;
/** Offsets this close to the best fit are left out of the mean around it, because the same sounds are still ringing. */
const RINGING = 6;
/** A moment is 2^MOMENT_BITS frames: 0.19 s. */
const MOMENT_BITS = 3;
/** Cap on the fit of a moment, in its own standard deviations. */
const MOST_PER_MOMENT = 2.5;

/** Offsets of -MARGIN .. MARGIN frames. */
export const OFFSETS = 2 * MARGIN + 1;

export function evidenceAt(print: Print, field: Field, start: number, warp: Warp = AS_LEARNT): Evidence {
  const proposed = align(print, field, start, warp);
  const variance = fitAtOffsets(print, field, proposed, TOLERANCE + RINGING);
  const deviation = Math.sqrt(Math.max(1, variance));
  const best = bestNear(TOLERANCE);
  const found = start - (best - MARGIN) * warp.tempo;
  const contrast = (fits[best] - meanAwayFrom(best)) / deviation;
  const aligned = best === MARGIN ? proposed : align(print, field, found, warp);
  return {
    start: found,
    contrast,
    steady: steadyFit(print, field, aligned) / deviation,
    tones: tonesFit(print, aligned, field.tones),
    tonality: field.tonality,
    frames: field.frameCount,
  };
}

/** The start, known within `reach` frames, at which the print fits best. */
export function bestStart(print: Print, field: Field, start: number, warp: Warp, reach: number): number {
  fitAtOffsets(print, field, align(print, field, start, warp), reach);
  return start - (bestNear(reach) - MARGIN) * warp.tempo;
}

/** Fit at each offset, or at those near the place; written by `fitAtOffsets`. */
export const fits = new Float64Array(OFFSETS);
/** Sum of the fits at all offsets, including those that `fits` leaves out. */
let sumOfFits = 0;

/** Fills `fits` within `reach` frames of the place, and `sumOfFits`; returns the variance of such a fit for independent terms. */
export function fitAtOffsets({ levels }: Print, field: Field, aligned: Alignment, reach: number): number {
  const { values, powers, weights, stride } = field;
  const { count, peaks, frames, rows } = aligned;
  const sums = sumsOf(field);
  const first = MARGIN - reach;
  const last = MARGIN + reach;
  fits.fill(0);
  let all = 0;
  let variance = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const weight = LEVEL_WEIGHTS[levels[peaks[i]]] * weights[row];
    const from = row * stride + frames[i];
    for (let at = first; at <= last; at++) fits[at] += weight * values[from + at];
    all += weight * (((sums[from + row + OFFSETS] - sums[from + row]) << 16) >> 16);
    variance += weight * weight * powers[row];
  }
  sumOfFits = all;
  return variance;
}

function bestNear(reach: number): number {
  let best = MARGIN;
  for (let at = MARGIN - reach; at <= MARGIN + reach; at++) if (fits[at] > fits[best]) best = at;
  return best;
}

/** Mean of the fits that are more than RINGING frames away from the best one. */
export function meanAwayFrom(best: number): number {
  let sum = sumOfFits;
  for (let at = best - RINGING; at <= best + RINGING; at++) sum -= fits[at];
  return sum / (OFFSETS - 2 * RINGING - 1);
}

function steadyFit({ levels }: Print, field: Field, { count, peaks, frames, rows }: Alignment): number {
  const { values, powers, weights, stride, frameCount } = field;
  const moments = (frameCount >> MOMENT_BITS) + 1;
  const sums = new Float64Array(moments);
  const variances = new Float64Array(moments);
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const moment = frames[i] >> MOMENT_BITS;
    const weight = LEVEL_WEIGHTS[levels[peaks[i]]] * weights[row];
    sums[moment] += weight * values[row * stride + MARGIN + frames[i]];
    variances[moment] += weight * weight * powers[row];
  }
  let steady = 0;
  for (let i = 0; i < moments; i++) {
    const most = MOST_PER_MOMENT * Math.sqrt(variances[i]);
    steady += Math.max(-most, Math.min(most, sums[i]));
  }
  return steady;
}
