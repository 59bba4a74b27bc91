import type { Weights } from './decide.ts';

export const weights: Weights = {
  bias: -5.369,
  contrast: 3.396,
  steady: 1.057,
  tones: 0.94,
  tonality: -2.198,
  length: -3.634,
};
