import type { Weights } from './decide.ts';

export const weights: Weights = { bias: -11.66, contrast: 1.651, steady: 0.687, moments: 2.99, hits: 3.471 };
