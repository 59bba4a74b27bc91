import type { Weights } from './decide.ts';

export const weights: Weights = { bias: -16.58, contrast: 3.47, steady: 0.85, moments: 3.93 };
