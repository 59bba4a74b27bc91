/**
 * Lays a print over a clip. In: a print, the clip's size, and the frame of the track at which the clip begins. Out: one entry of
 * each column for every peak of the track that falls into the clip: which peak, and in which cell of the clip it is expected.
 *
 * Everything that compares a print with a clip reads these columns: the fit, its steadiness, the tones, the stretch in which a
 * track is heard, what it explains, and the peaks that are drawn.
 */
import type { Print } from '../types.ts';

/** How the clip plays the track: 1.02 is 2 % fast, or high. */
export interface Warp {
  tempo: number;
  pitch: number;
}

export const AS_LEARNT: Warp = { tempo: 1, pitch: 1 };

/** The clip as a grid of cells. */
export interface Grid {
  firstBin: number;
  binCount: number;
  frameCount: number;
}

/** The columns are reused by the next call of `align`. */
export interface Alignment {
  count: number;
  /** Indices of the print's peaks. */
  peaks: Uint32Array;
  /** Frame of the clip. */
  frames: Int32Array;
  /** Row of the grid: bin less `firstBin`. */
  rows: Int32Array;
}

/** How far beyond the edges of the clip peaks are taken, too. */
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
