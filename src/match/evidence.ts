/**
 * Stage 2 of a search: how well does a track fit at a proposed place? In: a print, the clip's field, a place. Out: the numbers
 * that the decision reads.
 *
 * The fit is the weighted sum of field values where the track has peaks. A peak need not have survived as a peak of the clip; its
 * energy counts. Music in the same key fits a little everywhere, so the same print is also laid up to `MARGIN` frames early and
 * late: only the true place fits much better than its surroundings.
 */
import type { Print, TrackId } from '../types.ts';
import { type Alignment, AS_LEARNT, align, type Warp } from './align.ts';
import { type Field, MARGIN } from './field.ts';
import { LEVEL_WEIGHTS } from './loudness-weights.ts';
import { tonesFit } from './tones.ts';

/** A place to look at: what stage 1 proposes. */
export interface Place {
  track: TrackId;
  /** Frame of the track at which the clip would begin. */
  start: number;
  warp: Warp;
  /** Another speed or pitch than the learnt one is tried. */
  isWarped: boolean;
}

export interface Evidence {
  /** Frame of the track at which the clip begins: where near the proposed place it fits best. */
  start: number;
  /** Fit less the mean fit of the surroundings, in standard deviations that the sum would have if its terms were independent. */
  contrast: number;
  /** The fit, in the same unit, with a cap on each moment of the clip: one loud onset fits many tracks. */
  steady: number;
  /** Fit of the sustained tones: mean 0 and deviation 1 for random tones. See `tones.ts`. */
  tones: number;
  /** Of the clip: see `ClipTones`. */
  tonality: number;
  /** Length of the clip in frames. */
  frames: number;
}

/** The best fit within this many frames of the proposed place is still that place. */
const TOLERANCE = 3;
/** Up to this many frames from the best fit the same sounds still ring, so these offsets are not "surroundings". */
const RINGING = 6;
/** A moment is 2 to this power frames, 0.19 s. */
const MOMENT_BITS = 3;
/** Cap on a moment, in its own standard deviations. */
const MOST_PER_MOMENT = 2.5;

/** Offsets of -MARGIN .. MARGIN frames. */
const OFFSETS = 2 * MARGIN + 1;
/** Fit at each offset; filled by `fitAtOffsets`. */
const fits = new Float64Array(OFFSETS);

export function evidenceAt(print: Print, field: Field, start: number, warp: Warp = AS_LEARNT): Evidence {
  const deviation = Math.sqrt(Math.max(1, fitAtOffsets(print, field, align(print, field, start, warp))));
  const best = bestNear(MARGIN);
  const found = start - (best - MARGIN) * warp.tempo;
  const contrast = (fits[best] - meanAwayFrom(best)) / deviation;
  const aligned = align(print, field, found, warp);
  return {
    start: found,
    contrast,
    steady: steadyFit(print, field, aligned) / deviation,
    tones: tonesFit(print, aligned, field.tones),
    tonality: field.tonality,
    frames: field.frameCount,
  };
}

/** Fills `fits`; returns the variance that such a sum has if its terms are independent. */
function fitAtOffsets({ levels }: Print, field: Field, { count, peaks, frames, rows }: Alignment): number {
  const { values, powers, weights, stride } = field;
  fits.fill(0);
  let variance = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const weight = LEVEL_WEIGHTS[levels[peaks[i]]] * weights[row];
    const from = row * stride + frames[i];
    for (let at = 0; at < OFFSETS; at++) fits[at] += weight * values[from + at];
    variance += weight * weight * powers[row];
  }
  return variance;
}

function bestNear(middle: number): number {
  let best = middle;
  for (let at = middle - TOLERANCE; at <= middle + TOLERANCE; at++) if (fits[at] > fits[best]) best = at;
  return best;
}

function meanAwayFrom(best: number): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < OFFSETS; at++) {
    if (Math.abs(at - best) <= RINGING) continue;
    sum += fits[at];
    count++;
  }
  return sum / count;
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
