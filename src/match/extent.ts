/**
 * Finds the part of a clip in which a track is heard. There the field's values at the track's peaks are positive on average; elsewhere
 * their mean is 0. So half the overall mean is subtracted, and the interval with the greatest sum is found (Kadane's algorithm).
 */
import type { Print } from '../types.ts';
import { type Field, MARGIN } from './field/field.ts';
import { align, type Warp } from './judge/align.ts';

/** The frames of the clip in which the track is heard, `to` excluded; the clip begins at frame `start` of the track. */
export function extentOf(print: Print, field: Field, start: number, warp: Warp): { from: number; to: number } {
  const { count, frames, rows } = align(print, field, start, warp);
  const valueAt = (i: number) => field.values[rows[i] * field.stride + MARGIN + frames[i]];
  let total = 0;
  for (let i = 0; i < count; i++) total += valueAt(i);
  const bias = total / Math.max(1, count) / 2;

  let extent = { from: 0, to: field.frameCount };
  let most = 0;
  let sum = 0;
  let from = 0;
  for (let i = 0; i < count; i++) {
    if (sum <= 0) [sum, from] = [0, frames[i]];
    sum += valueAt(i) - bias;
    if (sum > most) {
      most = sum;
      extent = { from, to: frames[i] + 1 };
    }
  }
  return extent;
}
