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
/** Score lost per factor e of tape length: the best of more places fits better by chance. Measured; 1 if places were independent. */
const CHANCE = 0.33;
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

/** Log odds that a candidate is right, for a library as large as the one of the fit. Candidates are sorted by it. */
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
  /** Windows of the same recording searched so far. Default 1. */
  windowsAsked?: number;
}

/** Probability that a candidate is right. */
export function confidenceOf(evidence: Evidence, circumstances: Circumstances, isWarped: boolean): number {
  const { tapeFrames, ordinaryTones, windowsAsked = 1 } = circumstances;
  const chance = chanceOf(tapeFrames) + doubtOf(windowsAsked);
  return 1 / (1 + Math.exp(chance - scoreOf(evidence, isWarped, ordinaryTones)));
}

const chanceOf = (tapeFrames: number) => CHANCE * Math.max(0, Math.log(tapeFrames / FITTED_TAPE));

/**
 * The same for people to read: what each part adds to the log odds. The contrast, the steadiness and the tones of the candidate; what
 * is asked of any clip of that length and tonality; what a changed speed and a large library cost.
 */
export interface Terms {
  contrast: number;
  steady: number;
  tones: number;
  clip: number;
  warp: number;
  library: number;
}

export function termsOf(
  evidence: Evidence,
  { tapeFrames, ordinaryTones }: Pick<Circumstances, 'tapeFrames' | 'ordinaryTones'>,
  isWarped: boolean,
): Terms {
  const features = featuresOf(evidence, ordinaryTones);
  const term = (name: keyof Features) => weights[name] * features[name];
  return {
    contrast: term('contrast'),
    steady: term('steady'),
    tones: term('tones'),
    clip: weights.bias + term('tonality') + term('length'),
    warp: isWarped ? -LEAST_WARPED_GAIN : 0,
    library: -chanceOf(tapeFrames),
  };
}

/** Raises a threshold for the number of windows; use it with confidences that were computed without `windowsAsked`. */
export function raisedThreshold(threshold: number, windowsAsked: number): number {
  return threshold / (threshold + (1 - threshold) * Math.exp(-doubtOf(windowsAsked)));
}

/** Subtracted from the log odds of a window of a long recording. */
export function doubtOf(windowsAsked: number): number {
  return DOUBT * Math.max(0, Math.log(windowsAsked / FREE_WINDOWS));
}
