/**
 * What a shard finds for a clip in each round of a search over several shards: plain data, as it may cross the network. A shard is a
 * library; the numbers of its tracks are made unique by the caller.
 */
import type { Print, TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import type { Judged } from '../judge/candidates.ts';
import type { ToneCounts } from '../sketch/sketch-part.ts';
import { RANGES } from '../speeds/speeds.ts';

/** A judged place, and how well it fits by the measure of its step; higher is better. */
export interface FoundPlace extends Judged {
  fit: number;
}

/** A place that landmarks vote for; without a track if there is none any more. */
export interface Voted {
  weight: number;
  judged?: Judged;
}

/** What is asked in each round beside the clip. */
export interface Questions {
  counts: { hashes: number[] };
  /** `weights`: of the votes by each of the clip's hashes. */
  landmarks: { weights: number[] };
  likeliest: object;
  /** All tracks unless some are named. */
  scan: { tracks?: TrackId[] };
  /** `far`: which range of other speeds, see `speeds.ts`. */
  tones: { far: number; wanted: number };
  speeds: { far: number; least: number };
}

export interface Findings {
  /** Step 1: postings of each hash, from which its weight over all shards follows. */
  counts: { tapeFrames: number; trackCount: number; counts: number[] };
  /** Step 1: the places with the most votes, best first. */
  landmarks: { voted: Voted[] };
  /** Step 2: the tracks whose sketches fit best, best first, and how many tracks were compared. */
  likeliest: { tracks: TrackId[]; fits: number[]; count: number };
  /** Step 2: the best places in the prints of some tracks. */
  scan: { found: FoundPlace[] };
  /** Step 3: how well the tones of the tracks agree at other pitches, from which follows how well they must agree. */
  tones: ToneCounts;
  /** Step 3: the best places at other speeds. */
  speeds: { found: FoundPlace[] };
}

/** The tracks that are asked about, if not all. */
export const tracksIn = (question: Questions[Round]): TrackId[] | undefined =>
  'tracks' in question ? (question.tracks as TrackId[] | undefined) : undefined;

/** Whether there is such a range of other speeds. */
export const isRange = (far: unknown) => RANGES[far as number] !== undefined;

export type Round = keyof Questions;
/** The rounds that need the clip itself. */
export type ClipRound = Exclude<Round, 'counts'>;

/** Part of the print of a track: enough to judge the clip again near this place. */
export interface Near {
  track: TrackId;
  start: number;
  frames: number;
}

export interface NearPart {
  print: Print;
  /** Sounds for which the track must not be named; see `refused.ts`. */
  refused: readonly Print[];
}

/** All shards, as `merged-search.ts` asks them about a clip. */
export interface Shards {
  /** Of those that answered in time, in the order of the shards. */
  ask<R extends Round>(round: R, question: Questions[R], clip: Analysis): Promise<Findings[R][]>;
  /** In the order asked; undefined for a shard that does not answer, and for tracks that are gone. */
  printsNear(places: Near[]): Promise<(NearPart | undefined)[]>;
}
