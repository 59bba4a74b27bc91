/** What listening answers. */
import type { TrackId } from '../../types.ts';
import type { Warp } from '../judge/align.ts';
import type { Candidate } from '../judge/candidates.ts';

/** A stretch of the session in which one track was heard. */
export interface LivePiece {
  /** 1 for the first piece of a session, 2 for the next ... */
  number: number;
  track: TrackId;
  fromFrame: number;
  toFrame: number;
  /** Frame of the track at `fromFrame`. */
  trackFrame: number;
  warp: Warp;
  /** The highest confidence so far. */
  confidence: number;
}

export interface LiveState {
  state: 'listening' | 'found' | 'none';
  /** The track being followed; its `start` is the frame of the track at `clipFrame`. */
  match?: Candidate;
  /** The first frame of the sound that was judged. */
  clipFrame: number;
  /** Tracks that play together with `match`. */
  also?: Candidate[];
  /** Other candidates, best first. */
  others: Candidate[];
  /** The piece playing now, or the last one. */
  piece?: LivePiece;
}

/** How many other candidates a state has. */
export const OTHERS = 5;
