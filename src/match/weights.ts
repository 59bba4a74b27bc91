import type { Weights } from './decide.ts';

export const weights: Weights = { bias: -11.07, contrast: 1.573, steady: 0.642, moments: 3.217, hits: 3.392 };
