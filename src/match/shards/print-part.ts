import type { Print } from '../../types.ts';
import { firstFrom } from '../judge/align.ts';

/** The peaks of a print in so many frames from `start` on. Frames keep their numbers. */
export function partOfPrint(print: Print, start: number, frames: number): Print {
  const from = firstFrom(print.frames, print.count, start);
  const to = firstFrom(print.frames, print.count, start + frames);
  return {
    ...print,
    count: to - from,
    frames: print.frames.subarray(from, to),
    bins: print.bins.subarray(from, to),
    levels: print.levels.subarray(from, to),
  };
}
