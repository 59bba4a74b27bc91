/**
 * From when to when does a track sound within a clip? Where it plays, the field is positive at its peaks; elsewhere it is 0
 * on average. Less half the mean, the stretch with the greatest sum is where it plays.
 */
import type { Print } from '../types.ts';
import { firstFrom, type Warp } from './evidence.ts';
import { type Field, MARGIN } from './field.ts';

/** First frame of the clip in which the print, laid from its frame `start` on, is heard, and the one after the last. */
export function extentOf(
  { frames, bins, count }: Print,
  { values, stride, firstBin, binCount, frameCount }: Field,
  start: number,
  { tempo, pitch }: Warp,
): { from: number; to: number } {
  const places: { frame: number; value: number }[] = [];
  for (let i = firstFrom(frames, count, start); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= frameCount) break;
    const bin = Math.round(bins[i] * pitch) - firstBin;
    if (frame < 0 || bin < 0 || bin >= binCount) continue;
    places.push({ frame, value: values[bin * stride + MARGIN + frame] });
  }
  const bias = places.reduce((sum, { value }) => sum + value, 0) / Math.max(1, places.length) / 2;
  let extent = { from: 0, to: frameCount };
  let most = 0;
  let sum = 0;
  let from = 0;
  for (const { frame, value } of places) {
    if (sum <= 0) [sum, from] = [0, frame];
    sum += value - bias;
    if (sum > most) {
      most = sum;
      extent = { from, to: frame + 1 };
    }
  }
  return extent;
}
