/**
 * The prominence map, made ready to lay prints on: for each bin and frame, by how many of that bin's own standard
 * deviations the loudest of the 3 x 3 places around it stands above that bin's own mean over the clip. A sustained tone
 * then proves nothing, an onset at the right moment much.
 */
import type { ProminenceMap } from './analysis.ts';

/** Frames beyond both ends, of no evidence (0), so that a print may be laid a little off without asking for bounds. */
export const MARGIN = 32;

/** A bin that hardly moves must not have its ripples blown up. Units of the map (1/12 neper). */
const LEAST_SPREAD = 6;

export interface Field {
  firstBin: number;
  binCount: number;
  frameCount: number;
  /** Bin by bin: that of bin b and frame t is at (b - firstBin) * stride + MARGIN + t. */
  values: Float32Array;
  stride: number;
}

export function fieldOf(map: ProminenceMap): Field {
  const { firstBin, binCount, frameCount } = map;
  const stride = frameCount + 2 * MARGIN;
  const values = new Float32Array(binCount * stride);
  const widest = dilated(map);
  for (let bin = 0; bin < binCount; bin++) {
    let sum = 0;
    let squares = 0;
    for (let at = bin; at < widest.length; at += binCount) {
      const value = widest[at];
      sum += value;
      squares += value * value;
    }
    const mean = sum / frameCount;
    const spread = Math.sqrt(Math.max(squares / frameCount - mean * mean, LEAST_SPREAD * LEAST_SPREAD));
    let to = bin * stride + MARGIN;
    for (let at = bin; at < widest.length; at += binCount) values[to++] = (widest[at] - mean) / spread;
  }
  return { firstBin, binCount, frameCount, values, stride };
}

/** Each place takes the largest value of the 3 x 3 places around it. */
function dilated({ binCount, frameCount, rows }: ProminenceMap): Uint8Array {
  const acrossBins = new Uint8Array(frameCount * binCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const first = frame * binCount;
    const last = first + binCount - 1;
    for (let at = first; at <= last; at++) {
      const below = at > first ? rows[at - 1] : 0;
      const above = at < last ? rows[at + 1] : 0;
      acrossBins[at] = Math.max(below, rows[at], above);
    }
  }
  const size = acrossBins.length;
  const both = new Uint8Array(size);
  for (let at = 0; at < size; at++) {
    const before = at >= binCount ? acrossBins[at - binCount] : 0;
    const after = at + binCount < size ? acrossBins[at + binCount] : 0;
    both[at] = Math.max(before, acrossBins[at], after);
  }
  return both;
}
