/**
 * Stage 3 of a search: evidence becomes a calibrated probability, by logistic regression. `weights.ts` holds the coefficients,
 * fitted on clips of known truth (see `accuracy/README.md`).
 *
 * The lead over the second-best track is deliberately not used: the library may hold a track twice, or two tracks may play at once.
 * All it uses of the other candidates is how well the clip's tones fit them on average, because some clips' tones fit all music.
 */
import type { Evidence } from './evidence.ts';
import { weights } from './weights.ts';

/** Default threshold of an answer: more likely right than not. */
export const THRESHOLD = 0.5;

/** Inputs of the regression. */
export interface Features {
  /** Square root of the contrast, because confidence grows more slowly than contrast. */
  contrast: number;
  steady: number;
  /** Fit of the tones minus the mean over all candidates, capped. */
  tones: number;
  /** Corrects for noise, in which wrong and right tracks alike fit worse than in clear sound. */
  tonality: number;
  /** Log of the number of frames: in longer clips, wrong tracks fit better by chance. */
  length: number;
}

export type Weights = Record<keyof Features | 'bias', number>;

/** Tape length, in frames, of the library on which the weights were fitted. */
const FITTED_TAPE = 600_000;
/**
 * Score lost per factor e of tape length: the best of more places fits better by chance. 1 if places were independent. Measured among
 * tracks that share no music with the clip's: the best wrong one of 10,000 is hardly likelier than that of 131, once standings are counted.
 */
const CHANCE = 0.1;
/** Score gained per decade by which a sketch stands out, which is the measure of chance that is the clip's own; within bounds. */
const STANDING_SHARE = 0.6;
const LEAST_STANDING = -2;
const MOST_STANDING = 4;
/** Score penalty for a changed speed or pitch: few clips have one, and the best of many warps fits better by chance. */
export const LEAST_WARPED_GAIN = 1.3;

/**
 * A long recording is searched in windows, and the best of thousands fits by chance. The first FREE_WINDOWS (a minute) count as one
 * clip; after that, each factor e of windows subtracts DOUBT from the log odds. In 2,342 windows of noise, odds higher by a factor e
 * were rarer by e^-0.6. So the probability of a wrong name in window n falls as n^-1.2, whose sum over all windows is bounded: ten
 * hours of noise give hardly more wrong names than one.
 */
const DOUBT = 2;
const FREE_WINDOWS = 3;

/** Cap, so that tones alone never decide. */
const MOST_TONES = 5;
/** Prior for the mean fit of the tones: counts as this many average candidates. */
export const USUAL_TONES = 2;
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

/** What is known about a place beside its evidence. */
export interface Circumstances {
  /** Whether the speed or pitch differs from the print's. */
  isWarped?: boolean;
  /** Mean fit of the tones over all candidates. */
  ordinaryTones?: number;
  /** How far the track's sketch stands out among all sketches; see `standing.ts`. Undefined if they were not compared. */
  standing?: number;
}

/** Log odds that a candidate is right, for a library as large as the one of the fit. Candidates are sorted by it. */
export function scoreOf(evidence: Evidence, circumstances: Circumstances = {}): number {
  const { isWarped, ordinaryTones, standing } = circumstances;
  const features = featuresOf(evidence, ordinaryTones);
  let score = weights.bias - (isWarped ? LEAST_WARPED_GAIN : 0);
  score += gainOf(standing);
  for (const name of Object.keys(features) as (keyof Features)[]) score += weights[name] * features[name];
  return score;
}

export interface SearchSize {
  /** Length of the library's tape in frames. */
  tapeFrames: number;
  /** Windows of the same recording searched so far. Default 1. */
  windowsAsked?: number;
}

/** Probability that a candidate is right. */
export function confidenceOf(
  evidence: Evidence,
  { tapeFrames, windowsAsked = 1 }: SearchSize,
  circumstances: Circumstances,
): number {
  const chance = chanceOf(tapeFrames) + doubtOf(windowsAsked);
  return 1 / (1 + Math.exp(chance - scoreOf(evidence, circumstances)));
}

export const gainOf = (standing = 0) => STANDING_SHARE * Math.max(LEAST_STANDING, Math.min(MOST_STANDING, standing));
export const chanceOf = (tapeFrames: number) => CHANCE * Math.max(0, Math.log(tapeFrames / FITTED_TAPE));

/** Raises a threshold for the number of windows; use it with confidences that were computed without `windowsAsked`. */
export function raisedThreshold(threshold: number, windowsAsked: number): number {
  return threshold / (threshold + (1 - threshold) * Math.exp(-doubtOf(windowsAsked)));
}

/** Subtracted from the log odds of a window of a long recording. */
export function doubtOf(windowsAsked: number): number {
  return DOUBT * Math.max(0, Math.log(windowsAsked / FREE_WINDOWS));
}
