import type { Weights } from './decide.ts';

export const weights: Weights = {
  bias: -3.983,
  contrast: 3.296,
  steady: 1,
  tones: 0.702,
  tonality: -2.226,
  length: -3.746,
};
