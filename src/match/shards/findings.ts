/**
 * What a shard finds for a clip in each round of a search over several shards: plain data, as it may cross the network. A shard is a
 * library; the numbers of its tracks are made unique by the caller.
 */
import type { Print, TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import type { Judged } from '../candidates.ts';

/** A judged place, and how well it fits by the measure of its step; higher is better. */
export interface FoundPlace extends Judged {
  fit: number;
}

/** A place that landmarks vote for. */
export interface Voted extends Judged {
  /** Rows of the clip's landmarks (indices of its distinct hashes) that vote for it, one for each vote. */
  votes: number[];
}

export interface Findings {
  /** Step 1. `counts`: postings of each of the clip's hashes, from which the weights over all shards follow. */
  landmarks: { tapeFrames: number; trackCount: number; counts: number[]; voted: Voted[] };
  /** Step 2: the tracks whose sketches fit best, best first, and how many tracks were compared. */
  likeliest: { tracks: TrackId[]; fits: number[]; count: number };
  /** Step 2: the best places in the prints of some tracks. */
  scan: { found: FoundPlace[] };
  /** Step 3: the best places at other speeds, by how far they are from the print's own. */
  speeds: { found: FoundPlace[] };
  farSpeeds: { found: FoundPlace[] };
  farthestSpeeds: { found: FoundPlace[] };
}

export type Round = keyof Findings;

/** The rounds of step 3. */
export const SPEED_ROUNDS = ['speeds', 'farSpeeds', 'farthestSpeeds'] as const;

/** Part of the print of a track: enough to judge the clip again near this place. */
export interface Near {
  track: TrackId;
  start: number;
  frames: number;
}

/** All shards, as `merged-search.ts` asks them. Answers are those of the shards that answered in time. */
export interface Shards {
  ask<R extends Round>(round: R, clip: Analysis, tracks?: TrackId[]): Promise<Findings[R][]>;
  /** In the order asked; undefined for a shard that does not answer, and for tracks that are gone. */
  printsNear(places: Near[]): Promise<(Print | undefined)[]>;
}
