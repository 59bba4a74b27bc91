/** What a search for a clip is asked, and what it answers: over one library (`search.ts`) or several (`shards/merged-search.ts`). */
import type { TrackId } from '../types.ts';
import type { Candidate } from './judge/candidates.ts';

/** An answer. */
export interface Answer extends Candidate {
  /** Where else the track fits the clip as well: other frames at which it may begin, the likelier ones first. */
  otherStarts: number[];
}

export interface SearchOptions {
  /** Lowest confidence of an answer. */
  threshold?: number;
  /** How many other candidates to return. */
  others?: number;
  /** Search for this track only. */
  only?: TrackId;
  /** Windows of the same recording searched so far, including this one; see `decide.ts`. Default 1. */
  windowsAsked?: number;
  /** The last step that may run: 1, 2 or 3 (default). */
  steps?: number;
  signal?: AbortSignal;
  /** Called every few milliseconds of work. If it returns a promise, the search waits for it, so that other work can run. */
  pause?: () => Promise<void> | undefined;
}

export interface SearchResult {
  /** Answers, best first. */
  matches: Answer[];
  others: Candidate[];
  /** The last step that ran: 1, 2 or 3. */
  step: number;
}
