import type { Print } from '../../types.ts';
import type { Alignment } from './align.ts';
import { gather } from './tones.ts';

/** For drawing: the profile of a track aligned with a clip, in each of `rows` rows; the length of the vector is 1. */
export function trackTones(print: Print, aligned: Alignment, rows: number): Float32Array {
  const weights = gather(print, aligned);
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight, 0)) || 1;
  return Float32Array.from({ length: rows }, (_, row) => Math.sqrt(weights[row]) / length);
}
