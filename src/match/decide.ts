/**
 * Stage 3: evidence becomes a probability that is what it says. It does not look at what the next best track reached: there
 * may be two copies of a track, or two tracks at once. Only how well a clip's tones fit the candidates on average counts,
 * as some fit all music. `weights` is fitted on clips whose truth is known: see `accuracy/README.md` for the command.
 */
import type { Evidence } from './evidence.ts';
import { weights } from './weights.ts';

/** Confidence that makes a candidate an answer unless asked otherwise: more likely right than not. */
export const THRESHOLD = 0.5;

/** What the decision is taken by. */
export interface Features {
  /** Root of the contrast: twice as much does not make it twice as sure. */
  contrast: number;
  steady: number;
  /** The fit of the tones, less what is ordinary among the clip's candidates; music in this key is not yet this music. */
  tones: number;
  /** In noise what is wrong fits worse than in the clear, and so does what is right. */
  tonality: number;
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

/**
 * Of a long recording window after window is asked, and the best of thousands fits by chance. A minute is as good as one
 * clip; beyond that the log of the odds falls by this much with every e times as many windows. In 2,342 windows of noise
 * odds e times as high were half as frequent (-0.6 in the log). Times 2 the chance of a wrong name falls as the number of
 * the window to the power of -1.2, whose sum is bounded: ten hours are little worse than one.
 */
const DOUBT = 2;
const FREE_WINDOWS = 3;

/** However well tones fit, they prove no more than this. */
const MOST_TONES = 5;
/** How well they usually fit candidates; so many such are thought of beside those that there are, which may be few. */
const USUAL_TONES = 2;
const USUAL_COUNT = 5;

export function ordinaryTonesOf(candidates: Evidence[]): number {
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

/** Log of the odds that a candidate is right in the library that the weights were fitted with; orders candidates. */
export function scoreOf(evidence: Evidence, isWarped = false, ordinaryTones = USUAL_TONES): number {
  const features = featuresOf(evidence, ordinaryTones);
  let score = weights.bias - (isWarped ? LEAST_WARPED_GAIN : 0);
  for (const name of Object.keys(features) as (keyof Features)[]) score += weights[name] * features[name];
  return score;
}

/** Among what a candidate was found. */
export interface Circumstances {
  /** Of the library: frames of tape. */
  tapeFrames: number;
  /** How well tones fit the clip's candidates on average. */
  ordinaryTones: number;
  /** Windows of the same recording that were asked, this one included. */
  windowsAsked?: number;
}

/** How sure a candidate is. */
export function confidenceOf(evidence: Evidence, circumstances: Circumstances, isWarped: boolean): number {
  const { tapeFrames, ordinaryTones, windowsAsked = 1 } = circumstances;
  const chance = CHANCE * Math.max(0, Math.log(tapeFrames / FITTED_TAPE)) + doubtOf(windowsAsked);
  return 1 / (1 + Math.exp(chance - scoreOf(evidence, isWarped, ordinaryTones)));
}

/** How much the log of the odds falls. */
export function doubtOf(windowsAsked: number): number {
  return DOUBT * Math.max(0, Math.log(windowsAsked / FREE_WINDOWS));
}
