/**
 * Stage 3 of a search: evidence becomes a calibrated probability, by logistic regression. `weights.ts` holds the coefficients,
 * fitted on clips of known truth (see `accuracy/README.md`).
 *
 * It does not look at how well the next best track fits: a track may be there twice, or two tracks may play at once. The one thing
 * it takes from the other candidates is how well the clip's tones fit them on average, because some clips' tones fit all music.
 */
import type { Evidence } from './evidence.ts';
import { weights } from './weights.ts';

/** Default threshold of an answer: more likely right than not. */
export const THRESHOLD = 0.5;

/** Inputs of the regression. */
export interface Features {
  /** Square root of the contrast: twice the contrast is not twice the certainty. */
  contrast: number;
  steady: number;
  /** Fit of the tones, less the mean fit of all candidates, capped. */
  tones: number;
  /** In noise, wrong tracks fit worse than in clear sound, and so does the right one. */
  tonality: number;
  /** Log of the clip's frames: in a longer clip, chance fits are better. */
  length: number;
}

export type Weights = Record<keyof Features | 'bias', number>;

/** Frames of tape of the library with which the weights were fitted. */
const FITTED_TAPE = 600_000;
/** The best of more places fits better by chance: score lost for each factor e of tape. Measured; independent places would give 1. */
const CHANCE = 0.33;
/** Score that another speed has to gain: most clips play at the learnt speed, and the best of many warps fits better by chance. */
export const LEAST_WARPED_GAIN = 1.3;

/**
 * A long recording is asked window after window, and the best of thousands fits by chance. The first FREE_WINDOWS (a minute) count
 * as one clip; beyond that the log odds fall by DOUBT for each factor e of windows. In 2,342 windows of noise, odds e times as high
 * were e^-0.6 times as frequent, so the chance of a wrong name falls with the window's number to the power -1.2, whose sum is
 * bounded: ten hours are little worse than one.
 */
const DOUBT = 2;
const FREE_WINDOWS = 3;

/** Cap: tones alone must not be decisive. */
const MOST_TONES = 5;
/** Prior for the mean fit of tones: counts as this many average candidates, since a clip may have few. */
const USUAL_TONES = 2;
const USUAL_COUNT = 5;

/** Mean fit of the tones over a clip's candidates. */
export function ordinaryTonesOf(candidates: Pick<Evidence, 'tones'>[]): number {
  const sum = candidates.reduce((sum, { tones }) => sum + tones, USUAL_COUNT * USUAL_TONES);
  return sum / (candidates.length + USUAL_COUNT);
}

export function featuresOf(
  { contrast, steady, tones, tonality, frames }: Evidence,
  ordinaryTones = USUAL_TONES,
): Features {
  return {
    contrast: Math.sqrt(Math.max(0, contrast)),
    steady,
    tones: Math.min(MOST_TONES, tones - ordinaryTones),
    tonality,
    length: Math.log(Math.max(1, frames)),
  };
}

/** Log odds that a candidate is right, in a library of the size of the fit; also the order of candidates. */
export function scoreOf(evidence: Evidence, isWarped = false, ordinaryTones = USUAL_TONES): number {
  const features = featuresOf(evidence, ordinaryTones);
  let score = weights.bias - (isWarped ? LEAST_WARPED_GAIN : 0);
  for (const name of Object.keys(features) as (keyof Features)[]) score += weights[name] * features[name];
  return score;
}

interface Circumstances {
  /** Length of the library's tape in frames. */
  tapeFrames: number;
  ordinaryTones: number;
  /** Windows of the same recording asked so far. Default 1. */
  windowsAsked?: number;
}

/** Probability that a candidate is right. */
export function confidenceOf(evidence: Evidence, circumstances: Circumstances, isWarped: boolean): number {
  const { tapeFrames, ordinaryTones, windowsAsked = 1 } = circumstances;
  const chance = CHANCE * Math.max(0, Math.log(tapeFrames / FITTED_TAPE)) + doubtOf(windowsAsked);
  return 1 / (1 + Math.exp(chance - scoreOf(evidence, isWarped, ordinaryTones)));
}

/** The threshold that an answer must reach whose confidence does not know of the number of windows. */
export function raisedThreshold(threshold: number, windowsAsked: number): number {
  return threshold / (threshold + (1 - threshold) * Math.exp(-doubtOf(windowsAsked)));
}

/** Log odds that a window of a long recording loses. */
export function doubtOf(windowsAsked: number): number {
  return DOUBT * Math.max(0, Math.log(windowsAsked / FREE_WINDOWS));
}
