import type { Weights } from './decide.ts';

export const weights: Weights = { bias: -3.424, contrast: 2.726, steady: 1.128, length: -2.067 };
