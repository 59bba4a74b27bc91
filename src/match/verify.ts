/**
 * Stage 2: is it really there? The print of a proposed track is laid over the clip's field: where the track has a peak the
 * clip should stand out. A noisy peak need not survive as a peak of the clip; its energy counts. The same print laid a
 * little early and a little late tells what it earns by chance: music in the same key fits a little everywhere, the
 * true place fits there only.
 */
import type { Print } from '../types.ts';
import { type Field, MARGIN } from './field.ts';

/** How the clip plays the track: 1.02 is 2 % fast, or high. */
export interface Warp {
  tempo: number;
  pitch: number;
}

export const AS_LEARNT: Warp = { tempo: 1, pitch: 1 };

export interface Evidence {
  /** Frame of the track at which the clip begins. */
  start: number;
  /** Peaks of the track that lie within the clip. */
  expected: number;
  /** How many of them stand out there. */
  met: number;
  /** Their sum of field values, over the root of their number. */
  fit: number;
  /** By how many standard deviations the fit here is better than a little early or late. */
  contrast: number;
}

/** A fit this near to the proposed place is still the same place; frames. */
const PLAY = 3;
/** A peak is met where the field is at least this. */
const MET = 1;

const SPAN = 2 * MARGIN + 1;
const sums = new Float64Array(SPAN);

/** Lays the print so that the clip begins at frame `start` of the track, give or take `PLAY`. */
export function verify(print: Print, field: Field, start: number, warp: Warp = AS_LEARNT): Evidence {
  const expected = lay(print, field, start, warp);
  let best = MARGIN;
  for (let at = MARGIN - PLAY; at <= MARGIN + PLAY; at++) if (sums[at] > sums[best]) best = at;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let at = 0; at < SPAN; at++) {
    if (Math.abs(at - best) <= PLAY) continue;
    sum += sums[at];
    squares += sums[at] * sums[at];
    count++;
  }
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(squares / count - mean * mean, expected, 1));
  const off = best - MARGIN;
  return {
    start: start - off * warp.tempo,
    expected,
    met: met(print, field, start - off * warp.tempo, warp),
    fit: sums[best] / Math.sqrt(Math.max(expected, 1)),
    contrast: (sums[best] - mean) / spread,
  };
}

/** Fills `sums`: of the field where the print's peaks should be if it were laid -MARGIN .. MARGIN frames later. */
function lay(
  { frames, bins, count }: Print,
  { values, stride, firstBin, binCount, frameCount }: Field,
  start: number,
  { tempo, pitch }: Warp,
) {
  sums.fill(0);
  let expected = 0;
  for (let i = firstFrom(frames, count, start); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= frameCount) break;
    const bin = Math.round(bins[i] * pitch) - firstBin;
    if (frame < 0 || bin < 0 || bin >= binCount) continue;
    const from = bin * stride + frame;
    for (let at = 0; at < SPAN; at++) sums[at] += values[from + at];
    expected++;
  }
  return expected;
}

/** Number of the print's peaks that stand out. */
function met({ frames, bins, count }: Print, field: Field, start: number, { tempo, pitch }: Warp): number {
  const { values, stride, firstBin, binCount, frameCount } = field;
  let n = 0;
  for (let i = firstFrom(frames, count, start); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= frameCount) break;
    const bin = Math.round(bins[i] * pitch) - firstBin;
    if (frame < 0 || bin < 0 || bin >= binCount) continue;
    if (values[bin * stride + MARGIN + frame] >= MET) n++;
  }
  return n;
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
