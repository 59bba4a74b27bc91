/**
 * Stage 3: the evidence for the best candidate, seen beside what the others reached by chance, becomes a probability that
 * is what it says. The weights are fitted by `fit.ts` of the accuracy room; see its README for command and numbers.
 */
import type { Evidence } from './verify.ts';

/** Confidence that makes a candidate an answer unless asked otherwise. */
export const THRESHOLD = 0.5;

/** What the decision is taken by; the same order as in `weights`. */
export interface Features {
  fit: number;
  contrast: number;
  /** Share of the expected peaks that were met. */
  share: number;
  /** Root of the number of peaks expected. */
  size: number;
  /** Lead of the fit over the best other track's. */
  lead: number;
}

const weights: Record<keyof Features | 'bias', number> = {
  bias: -12,
  fit: 0.6,
  contrast: 0.9,
  share: 2,
  size: 0,
  lead: 0.5,
};

/** One number to order candidates by. */
export function scoreOf(evidence: Evidence): number {
  return evidence.fit + evidence.contrast;
}

export function featuresOf(evidence: Evidence, bestOther: number): Features {
  return {
    fit: evidence.fit,
    contrast: evidence.contrast,
    share: evidence.met / Math.max(1, evidence.expected),
    size: Math.sqrt(evidence.expected),
    lead: Math.min(10, scoreOf(evidence) - bestOther),
  };
}

export function confidenceOf(features: Features): number {
  let sum = weights.bias;
  for (const name of Object.keys(features) as (keyof Features)[]) sum += weights[name] * features[name];
  return 1 / (1 + Math.exp(-sum));
}
