/**
 * How many landmarks of a clip agree on one place of a track: the measure of the landmark method, which dejavu reports as confidence.
 * Only its output format reads it; no decision does.
 */
import type { Print } from '../types.ts';
import type { Warp } from './align.ts';
import type { Analysis } from './analysis.ts';
import { landmarksOf } from './landmarks.ts';
import { questionOfClip } from './search.ts';

/** Frames by which a vote may be off. */
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
