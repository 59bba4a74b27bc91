/**
 * Compares two prints peak by peak. In: two prints and the course on which one may play the other. Out: the peaks that meet. A course
 * says where the peaks of a print are expected in the other: at frame / tempo + distance, and at bin * pitch.
 */
import { firstFrom, type Warp } from '../../match/judge/align.ts';
import type { Print } from '../../types.ts';

export interface Course {
  warp: Warp;
  /** Frame of the other print at which frame 0 of the print is expected. */
  distance: number;
}

export interface Frames {
  from: number;
  to: number;
}

export const wholeOf = ({ frameCount }: Print): Frames => ({ from: 0, to: frameCount });

/** A rounded bin that is moved to another pitch and rounded again may be off by one. */
const REACH_BINS = 1;

/**
 * Calls back for each peak of the print within these frames and each peak of the other within `reach` frames of where it is expected;
 * `late` says how many frames after that it is.
 */
export function eachMeeting(
  print: Print,
  other: Print,
  { warp: { tempo, pitch }, distance }: Course,
  { from, to, reach }: Frames & { reach: number },
  take: (peak: number, late: number) => void,
): void {
  let first = 0;
  for (let i = firstFrom(print.frames, print.count, from); i < print.count && print.frames[i] < to; i++) {
    const expected = Math.round(print.frames[i] / tempo + distance);
    const bin = Math.round(print.bins[i] * pitch);
    while (first < other.count && other.frames[first] < expected - reach) first++;
    for (let j = first; j < other.count && other.frames[j] <= expected + reach; j++) {
      if (Math.abs(other.bins[j] - bin) <= REACH_BINS) take(i, other.frames[j] - expected);
    }
  }
}
