/**
 * Stage 2: is it really there? The print of a proposed track is laid over the clip's field: where the track has a peak the
 * clip should stand out. A noisy peak need not survive as a peak of the clip; its energy counts. The same print laid a
 * little early and a little late tells what it earns by chance: music in the same key fits a little everywhere, the
 * true place fits there only. How well the tones fit that sound through the clip is evidence by itself: it tells music in
 * this key, with these notes, from all other, when noise has drowned the moments.
 */
import type { Print } from '../types.ts';
import { type Field, LOUDER, MARGIN } from './field.ts';

/** How the clip plays the track: 1.02 is 2 % fast, or high. */
export interface Warp {
  tempo: number;
  pitch: number;
}

export const AS_LEARNT: Warp = { tempo: 1, pitch: 1 };

export interface Evidence {
  /** Frame of the track at which the clip begins. */
  start: number;
  /**
   * The fit is the weighted sum of field values at the expected peaks, in its standard deviations if they were independent;
   * this is how much of it is lost a little early or late.
   */
  contrast: number;
  /** The fit again, but no moment of the clip may speak louder than `LOUDEST`: one loud onset fits many tracks. */
  steady: number;
  /** How well the tones of the clip fit what the track has there: 0 on average for tones at random, their deviation 1. */
  tones: number;
  /** Of the clip: see `Field`. */
  tonality: number;
  /** How long the clip is; frames. */
  frames: number;
}

/** A fit this near to the proposed place is still the same place; frames. */
const PLAY = 3;
/** Within so many frames of the best fit the same sounds still ring; beyond, it is another alignment. */
const RINGING = 6;
/** What a peak of the track counts by its level, in steps of 3/4 neper: the louder, the likelier it is heard. */
const LEVEL_WEIGHTS = Float64Array.from({ length: 16 }, (_, level) => Math.exp(LOUDER * 0.75 * level));

/** A bin is a number of ten bits. */
const MOST_BINS = 1024;

/** A moment is 2 to this power frames, 0.19 s. */
const MOMENT_BITS = 3;
/** More than so many standard deviations of its own prove no more. */
const LOUDEST = 2.5;

const SPAN = 2 * MARGIN + 1;
const sums = new Float64Array(SPAN);

/** Lays the print so that the clip begins at frame `start` of the track, give or take `PLAY`. */
export function verify(print: Print, field: Field, start: number, warp: Warp = AS_LEARNT): Evidence {
  const spread = Math.sqrt(Math.max(1, lay(print, field, start, warp)));
  let best = MARGIN;
  for (let at = MARGIN - PLAY; at <= MARGIN + PLAY; at++) if (sums[at] > sums[best]) best = at;
  let elsewhere = 0;
  let count = 0;
  for (let at = 0; at < SPAN; at++) {
    if (Math.abs(at - best) <= RINGING) continue;
    elsewhere += sums[at];
    count++;
  }
  const off = best - MARGIN;
  const found = start - off * warp.tempo;
  return {
    start: found,
    contrast: (sums[best] - elsewhere / count) / spread,
    steady: steadyFit(print, field, found, warp) / spread,
    tones: tonesFit(print, field, found, warp),
    tonality: field.tonality,
    frames: field.frameCount,
  };
}

/**
 * Fills `sums`: of the field where the print's peaks should be if it were laid -MARGIN .. MARGIN frames later. Hands back
 * the variance of such a sum.
 */
function lay(
  { frames, bins, levels, count }: Print,
  { values, powers, weights, stride, firstBin, binCount, frameCount }: Field,
  start: number,
  { tempo, pitch }: Warp,
): number {
  sums.fill(0);
  let variance = 0;
  for (let i = firstFrom(frames, count, start); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= frameCount) break;
    const bin = Math.round(bins[i] * pitch) - firstBin;
    if (frame < 0 || bin < 0 || bin >= binCount) continue;
    const weight = LEVEL_WEIGHTS[levels[i]] * weights[bin];
    const from = bin * stride + frame;
    for (let at = 0; at < SPAN; at++) sums[at] += weight * values[from + at];
    variance += weight * weight * powers[bin];
  }
  return variance;
}

/** Goes through the clip moment by moment. */
function steadyFit(
  { frames, bins, levels, count }: Print,
  { values, powers, weights, stride, firstBin, binCount, frameCount }: Field,
  start: number,
  { tempo, pitch }: Warp,
): number {
  const moments = (frameCount >> MOMENT_BITS) + 1;
  const sums = new Float64Array(moments);
  const variances = new Float64Array(moments);
  for (let i = firstFrom(frames, count, start); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= frameCount) break;
    const bin = Math.round(bins[i] * pitch) - firstBin;
    if (frame < 0 || bin < 0 || bin >= binCount) continue;
    const weight = LEVEL_WEIGHTS[levels[i]] * weights[bin];
    sums[frame >> MOMENT_BITS] += weight * values[bin * stride + MARGIN + frame];
    variances[frame >> MOMENT_BITS] += weight * weight * powers[bin];
  }
  let steady = 0;
  for (let i = 0; i < moments; i++) {
    const most = LOUDEST * Math.sqrt(variances[i]);
    steady += Math.max(-most, Math.min(most, sums[i]));
  }
  return steady;
}

/** Of the field's tones with those that the track has at a place: see `Evidence`. */
export function tonesFit(print: Print, field: Field, start: number, warp: Warp): number {
  const { binCount, tones } = field;
  gatherTones(print, field, start, warp);
  let fit = 0;
  let all = 0;
  for (let bin = 0; bin < binCount; bin++) {
    const weight = gathered[bin];
    if (weight === 0) continue;
    fit += Math.sqrt(weight) * tones[bin];
    all += weight;
  }
  return all ? fit / Math.sqrt(all) : 0;
}

/** The field's tones without what those of the track at a place have in them. */
export function tonesWithout(print: Print, field: Field, start: number, warp: Warp): Float32Array {
  const fit = tonesFit(print, field, start, warp);
  const length = Math.sqrt(gathered.reduce((sum, weight) => sum + weight, 0)) || 1;
  return field.tones.map((value, bin) => value - (fit * Math.sqrt(gathered[bin])) / length);
}

/** How much each bin of a clip should have of the track's peaks. */
const gathered = new Float64Array(MOST_BINS);

function gatherTones(
  { frames, bins, levels, count }: Print,
  { firstBin, binCount, frameCount }: Field,
  start: number,
  { tempo, pitch }: Warp,
): void {
  gathered.fill(0);
  const end = start + (frameCount - 0.5) * tempo;
  for (let i = firstFrom(frames, count, start); i < count && frames[i] < end; i++) {
    const bin = Math.round(bins[i] * pitch) - firstBin;
    if (bin >= 0 && bin < binCount) gathered[bin] += LEVEL_WEIGHTS[levels[i]];
  }
}

/** Index of the first peak at or after a frame. */
export function firstFrom(frames: Uint32Array, count: number, frame: number): number {
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >> 1;
    if (frames[middle] < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}
