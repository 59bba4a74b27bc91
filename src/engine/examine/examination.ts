/** What the lab shows of a recognition: the clip as it is compared, and why each candidate is an answer or not. */
import type { Terms } from '../../match/judge/score-terms.ts';
import type { Match } from '../../types.ts';

export type { Terms } from '../../match/judge/score-terms.ts';

export interface Examination {
  /** The answers, then other candidates, best first. */
  candidates: ExaminedCandidate[];
  heardSeconds: number;
  /** The last step of the search that ran: 1, 2 or 3. */
  step: number;
  totalMs: number;
  frameCount: number;
  /** Prominence map of the clip: `BIN_COUNT` bytes per frame, see `kernel/format.ts`. */
  rows: Uint8Array;
  peaks: Points;
  /** Pairs of peaks, which are looked up. */
  pairs: Pairs;
  votes: TapeVotes;
  /** How much each bin stands out over the whole clip, in deviations; see `match/judge/tones.ts`. */
  tones: Float32Array;
}

/** Frames and bins of the clip; those of a print need not be whole. */
export interface Points {
  frames: Float32Array;
  bins: Float32Array;
}

/** From a point to another one. */
export interface Pairs extends Points {
  toFrames: Float32Array;
  toBins: Float32Array;
}

/** The votes for places of the whole library, one track after the other. */
export interface TapeVotes {
  /** For equal parts of the tape, the most weight of one place in each. */
  most: Float32Array;
  /** Number of votes. */
  count: number;
}

export interface ExaminedCandidate extends Match {
  /** It is an answer. */
  isNamed: boolean;
  /** Position on the tape, 0..1. */
  tapeShare: number;
  /** The peaks of its print where they are expected in the clip. */
  print: Points;
  /** Which of them are visible in the clip. */
  isSeen: Uint8Array;
  /** The pairs of the clip that its print has at the same place. */
  agreeing: Pairs;
  /** Fit of the print, placed -n .. n frames from its place. */
  fits: Float32Array;
  /** Weight of the votes for the same places. */
  votesNear: Float32Array;
  /** Its profile of tones, by bin. */
  tones: Float32Array;
  /** What each part adds to the log odds of its confidence. */
  terms: Terms;
}
