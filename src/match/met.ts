/** Which peaks of a track were met in a clip: for the eye only, no decision rests on it. */
import { MAP_ZERO } from '../kernel/format.ts';
import type { Print } from '../types.ts';
import type { ProminenceMap } from './analysis.ts';
import { firstFrom, type Warp } from './evidence.ts';

/** Units of the map above its zero: two nepers of power, which the eye sees as a light spot. */
const SEEN = 24;

/** Frames of the clip and bins of the peaks that stand out where the print, from frame `start` on, expects them. */
export function metPeaks(
  { frames, bins, count }: Print,
  { rows, firstBin, binCount, frameCount }: ProminenceMap,
  start: number,
  { tempo, pitch }: Warp,
): { frames: Float32Array; bins: Float32Array } {
  const at: number[] = [];
  const on: number[] = [];
  for (let i = firstFrom(frames, count, start); i < count; i++) {
    const frame = (frames[i] - start) / tempo;
    if (Math.round(frame) >= frameCount) break;
    const bin = bins[i] * pitch;
    const column = Math.round(bin) - firstBin;
    if (frame < 0 || column < 0 || column >= binCount) continue;
    if (rows[Math.round(frame) * binCount + column] < MAP_ZERO + SEEN) continue;
    at.push(frame);
    on.push(bin);
  }
  return { frames: Float32Array.from(at), bins: Float32Array.from(on) };
}
