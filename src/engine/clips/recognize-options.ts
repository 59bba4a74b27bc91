import type { TrackId } from '../../types.ts';

export interface RecognizeOptions {
  /** Lowest confidence of an answer, 0..1. Default: see `match/judge/decide.ts`, and `match/live/live-threshold.ts` for live listening. */
  threshold?: number;
  /** How many other candidates to return. */
  others?: number;
  /** Search for this track only. */
  only?: TrackId;
  /**
   * The number of this window, from 1, when a long recording is searched in windows. With more windows, chance fits are more
   * likely, so an answer needs more evidence. Default 1.
   */
  windowsAsked?: number;
  /**
   * Of several shards on other machines: when to answer with what there is, as `performance.now()` tells time. One library always
   * answers in full.
   */
  deadline?: number;
}
