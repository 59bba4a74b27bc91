/** Finds the peaks of a track that are visible in a clip. Used for drawing only, not for any decision. */
import { MAP_ZERO } from '../kernel/format.ts';
import type { Print } from '../types.ts';
import type { ProminenceMap } from './analysis.ts';
import { align, type Warp } from './judge/align.ts';

/** Steps of the map above its zero: 2 nepers of power, a visibly bright spot. */
const VISIBLE = 24;

/** Whether a cell of the clip is a visibly bright spot. */
export const isVisible = ({ rows, binCount }: ProminenceMap, frame: number, row: number): boolean =>
  rows[frame * binCount + row] >= MAP_ZERO + VISIBLE;

/** Fractional frames of the clip and bins of the visible peaks; the clip begins at frame `start` of the track. */
export function heardPeaks(
  print: Print,
  map: ProminenceMap,
  start: number,
  warp: Warp,
): { frames: Float32Array; bins: Float32Array } {
  const aligned = align(print, map, start, warp);
  const seen = Array.from({ length: aligned.count }, (_, i) => i).filter((i) =>
    isVisible(map, aligned.frames[i], aligned.rows[i]),
  );
  return {
    frames: Float32Array.from(seen, (i) => (print.frames[aligned.peaks[i]] - start) / warp.tempo),
    bins: Float32Array.from(seen, (i) => print.bins[aligned.peaks[i]] * warp.pitch),
  };
}
