/**
 * Stage 3: evidence becomes a probability that is what it says. It does not look at what other tracks reached: there may
 * be two copies of a track, or two tracks at once. `weights` is fitted on clips whose truth is known: see
 * `accuracy/README.md` for the command.
 */
import type { Evidence } from './verify.ts';
import { weights } from './weights.ts';

/** Confidence that makes a candidate an answer unless asked otherwise: more likely right than not. */
export const THRESHOLD = 0.5;

/** What the decision is taken by. */
export interface Features {
  /** Root of the contrast: twice as much does not make it twice as sure. */
  contrast: number;
  steady: number;
  /** Log of the clip's frames: what fits by chance fits the better the longer it is. */
  length: number;
}

export type Weights = Record<keyof Features | 'bias', number>;

/** Frames of tape of the library that the weights were fitted with. */
const FITTED_TAPE = 600_000;
/** The more places there are, the better the best of them fits by chance: with e times as many, by this much. */
const CHANCE = 0.33;
/** Most clips play at the speed that was learnt: another one must gain this much. */
export const LEAST_WARPED_GAIN = 1.3;

export function featuresOf({ contrast, steady, frames }: Evidence): Features {
  return { contrast: Math.sqrt(Math.max(0, contrast)), steady, length: Math.log(Math.max(1, frames)) };
}

/** Log of the odds that a candidate is right in the library that the weights were fitted with; orders candidates. */
export function scoreOf(evidence: Evidence, isWarped = false): number {
  const features = featuresOf(evidence);
  let score = weights.bias - (isWarped ? LEAST_WARPED_GAIN : 0);
  for (const name of Object.keys(features) as (keyof Features)[]) score += weights[name] * features[name];
  return score;
}

/** How sure a candidate is, in a library of so many frames of tape. */
export function confidenceOf(evidence: Evidence, tapeFrames: number, isWarped: boolean): number {
  const chance = CHANCE * Math.max(0, Math.log(tapeFrames / FITTED_TAPE));
  return 1 / (1 + Math.exp(chance - scoreOf(evidence, isWarped)));
}
