/**
 * Aligns a print with a clip. In: a print, the clip's size, and the frame of the track at which the clip begins. Out: columns with
 * one entry for every peak of the track that falls into the clip: its index, and the cell of the clip where it is expected.
 *
 * Everything that compares a print with a clip reads these columns: the fit, its steadiness, the tones, the extent, what a track
 * explains, and the peaks to draw.
 */
import type { Print } from '../../types.ts';

/** Speed and pitch at which the clip plays the track, relative to the print: 1.02 is 2 % faster, or higher. */
export interface Warp {
  tempo: number;
  pitch: number;
}

export const AS_LEARNT: Warp = { tempo: 1, pitch: 1 };

/** The clip as a grid of cells: frames by bins. */
export interface Grid {
  firstBin: number;
  binCount: number;
  frameCount: number;
}

/** Valid until the next call of `align`, which reuses the columns. */
export interface Alignment {
  count: number;
  /** Indices of the print's peaks. */
  peaks: Uint32Array;
  /** Frame of the clip. */
  frames: Int32Array;
  /** Row of the grid: bin - `firstBin`. */
  rows: Int32Array;
}

/** Peaks up to this far outside the clip are included. */
interface Reach {
  frames: number;
  rows: number;
}

const INSIDE: Reach = { frames: 0, rows: 0 };

let columns = columnsOf(4096);

/** `start`: the frame of the track at which the clip begins. */
export function align(
  { frames, bins, count }: Print,
  { firstBin, binCount, frameCount }: Grid,
  start: number,
  { tempo, pitch }: Warp,
  reach = INSIDE,
): Alignment {
  const endFrame = frameCount + reach.frames;
  const endRow = binCount + reach.rows;
  let found = 0;
  for (let i = firstFrom(frames, count, start - reach.frames); i < count; i++) {
    const frame = Math.round((frames[i] - start) / tempo);
    if (frame >= endFrame) break;
    const row = Math.round(bins[i] * pitch) - firstBin;
    if (row < -reach.rows || row >= endRow) continue;
    if (found === columns.peaks.length) columns = grown(columns);
    columns.peaks[found] = i;
    columns.frames[found] = frame;
    columns.rows[found++] = row;
  }
  return { count: found, ...columns };
}

function columnsOf(capacity: number) {
  return { peaks: new Uint32Array(capacity), frames: new Int32Array(capacity), rows: new Int32Array(capacity) };
}

function grown(full: ReturnType<typeof columnsOf>): ReturnType<typeof columnsOf> {
  const wider = columnsOf(2 * full.peaks.length);
  wider.peaks.set(full.peaks);
  wider.frames.set(full.frames);
  wider.rows.set(full.rows);
  return wider;
}

/** Index of the first peak at or after a frame. */
export function firstFrom(frames: Uint32Array, count: number, frame: number): number {
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >> 1;
    if (frames[middle] < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}
