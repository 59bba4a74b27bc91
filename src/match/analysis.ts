import type { Peaks } from '../types.ts';

/** Prominence of every bin of every frame, as the kernel hands it out: a row of `binCount` bytes a frame. */
export interface ProminenceMap {
  firstBin: number;
  binCount: number;
  frameCount: number;
  /** 48 + 12 x nepers above the frame's neighbouring bins. */
  rows: Uint8Array;
}

/** A clip as the kernel heard it. */
export interface Analysis {
  /** Frames a second. */
  frameRate: number;
  /** Peaks of analyses begun 0, 1/n, 2/n .. of a hop into the clip, n being how many there are. */
  shifts: Peaks[];
  map: ProminenceMap;
}
