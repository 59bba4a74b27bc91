/** Several at once: what a track that was found explains is taken out of the field, and what is left is judged again. */
import type { Print } from '../types.ts';
import { firstFrom, tonesWithout, type Warp } from './evidence.ts';
import { type Field, MARGIN } from './field.ts';

/** A peak's energy reaches so far. */
const REACH_FRAMES = 3;
const REACH_BINS = 2;

/** The field without the surroundings of the print's peaks, nor what its tones have in the clip's. */
export function withoutPeaksOf(print: Print, field: Field, start: number, warp: Warp): Field {
  const { frames, bins, count } = print;
  const { tempo, pitch } = warp;
  const { stride, firstBin, binCount, frameCount } = field;
  const values = field.values.slice();
  for (let i = firstFrom(frames, count, start - REACH_FRAMES); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= frameCount + REACH_FRAMES) break;
    const bin = Math.round(bins[i] * pitch) - firstBin;
    for (let b = Math.max(0, bin - REACH_BINS); b <= Math.min(binCount - 1, bin + REACH_BINS); b++) {
      const at = b * stride + MARGIN + frame;
      values.fill(0, at - REACH_FRAMES, at + REACH_FRAMES + 1);
    }
  }
  return { ...field, values, tones: tonesWithout(print, field, start, warp) };
}
