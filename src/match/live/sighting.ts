/** A candidate of earlier sound, to be judged again with later sound. */
import type { Candidate } from '../judge/candidates.ts';
import type { Place } from '../judge/evidence.ts';

export interface Sighting {
  candidate: Candidate;
  /** The first frame of the clip with which it was judged. */
  clipFrame: number;
}

/** The sighted place, for a clip that begins at this frame of the session. */
export function placeFrom({ candidate, clipFrame }: Sighting, frame: number): Place {
  const { track, start, warp, isWarped, standing } = candidate;
  return { track, start: start + (frame - clipFrame) * warp.tempo, warp, isWarped, standing };
}
