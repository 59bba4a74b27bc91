/**
 * From when to when is a track heard within a clip? Where it plays, field values at its peaks are positive on average; elsewhere
 * their mean is 0. After subtracting half the overall mean, the stretch with the greatest sum is where it plays (Kadane's algorithm).
 */
import type { Print } from '../types.ts';
import { align, type Warp } from './align.ts';
import { type Field, MARGIN } from './field.ts';

/** First frame of the clip in which the print, aligned from its frame `start` on, is heard, and the one after the last. */
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
