import type { Weights } from './decide.ts';

export const weights: Weights = {
  bias: -5.01,
  contrast: 3.345,
  steady: 1.352,
  tones: 0.804,
  tonality: -2.225,
  length: -4.066,
};
