/**
 * Counts the landmarks of a clip that agree on one place of a track. dejavu reports this number as its confidence. It is used only
 * for output in dejavu's format, not for any decision.
 */
import type { Print } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { questionOfClip } from './clip-question.ts';
import type { Warp } from './judge/align.ts';
import { landmarksOf } from './landmarks.ts';

/** A vote may be off by this many frames. */
const TOLERANCE = 1;

export function countVotes(analysis: Analysis, print: Print, start: number, warp: Warp): number {
  const { hashes, starts, frames } = questionOfClip(analysis, warp);
  const rowOf = new Map(Array.from(hashes, (hash, i) => [hash, i]));
  const landmarks = landmarksOf(print);
  let votes = 0;
  for (let i = 0; i < landmarks.count; i++) {
    const row = rowOf.get(landmarks.hashes[i]);
    if (row === undefined) continue;
    for (let k = starts[row]; k < starts[row + 1]; k++) {
      if (Math.abs(landmarks.frames[i] - frames[k] - start) <= TOLERANCE) votes++;
    }
  }
  return votes;
}
