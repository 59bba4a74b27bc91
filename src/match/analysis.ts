import type { Peaks } from '../types.ts';

/** Prominence of every bin of every frame: `binCount` bytes per frame. */
export interface ProminenceMap {
  firstBin: number;
  binCount: number;
  frameCount: number;
  /** How far each bin stands above its neighbours in the frame; see `kernel/format.ts`. */
  rows: Uint8Array;
}

/** What the kernel makes of a clip. */
export interface Analysis {
  /** Frames per second. */
  frameRate: number;
  /** The peaks of n analyses, which begin 0, 1/n, 2/n ... of a hop into the clip. */
  shifts: Peaks[];
  map: ProminenceMap;
}

/** Columns for so many peaks, all zero. */
export function newPeaks(count: number): Peaks {
  return {
    count,
    frames: new Uint32Array(count),
    bins: new Uint16Array(count),
    levels: new Uint16Array(count),
    ranks: new Uint8Array(count),
    frameFractions: new Int8Array(count),
    binFractions: new Int8Array(count),
  };
}
