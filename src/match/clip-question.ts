/** The landmarks of a clip that a search looks up first. */

import type { Analysis } from './analysis.ts';
import { AS_LEARNT } from './judge/align.ts';
import { type Question, questionOf } from './propose.ts';
import { queryLandmarks } from './speeds/warp.ts';

/** One analysis of the clip is used: its peaks with a rank below RANKS, each with FAN partners. */
const RANKS = 30;
const FAN = 6;

/** Each distinct landmark once. */
export function questionOfClip({ shifts }: Analysis, warp = AS_LEARNT): Question {
  return questionOf(queryLandmarks(shifts.slice(0, 1), RANKS, FAN, warp));
}
