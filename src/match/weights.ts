import type { Weights } from './decide.ts';

export const weights: Weights = { bias: -4.849, contrast: 3.189, steady: 1.21, length: -2.346 };
