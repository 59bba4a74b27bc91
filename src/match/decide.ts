/**
 * Stage 3: evidence becomes a probability that is what it says. It does not look at what other tracks reached: there may
 * be two copies of a track, or two tracks at once. `weights` is fitted on clips whose truth is known: see
 * `accuracy/README.md` for the command.
 */
import type { Evidence } from './verify.ts';
import { weights } from './weights.ts';

/**
 * Confidence that makes a candidate the answer to a clip unless asked otherwise. The weights are fitted as if every second
 * clip were of unknown music; of a collection's owner fewer are, and false alarms begin below this.
 */
export const THRESHOLD = 0.35;

/** What the decision is taken by. */
export interface Features {
  /** Root of the contrast: twice as much does not make it twice as sure. */
  contrast: number;
  steady: number;
  moments: number;
  /** Share of the expected peaks that are peaks of the clip. */
  hits: number;
}

export type Weights = Record<keyof Features | 'bias', number>;

/** Frames of tape of the library that the weights were fitted with. The more places there are, the more fit by chance. */
const FITTED_TAPE = 600_000;
/** Log of how many ways there are to fit when other speeds and pitches are tried. */
const WARPED_WAYS = 4;

export function featuresOf({ contrast, steady, moments, hits, expected }: Evidence): Features {
  return { contrast: Math.sqrt(Math.max(0, contrast)), steady, moments, hits: hits / Math.max(1, expected) };
}

/** Log of the odds that a candidate is right in the library that the weights were fitted with; orders candidates. */
export function scoreOf(evidence: Evidence, isWarped = false): number {
  const features = featuresOf(evidence);
  let score = weights.bias - (isWarped ? WARPED_WAYS : 0);
  for (const name of Object.keys(features) as (keyof Features)[]) score += weights[name] * features[name];
  return score;
}

/** How sure a candidate is, in a library of so many frames of tape. */
export function confidenceOf(evidence: Evidence, tapeFrames: number, isWarped: boolean): number {
  const chances = Math.max(0, Math.log(tapeFrames / FITTED_TAPE));
  return 1 / (1 + Math.exp(chances - scoreOf(evidence, isWarped)));
}
