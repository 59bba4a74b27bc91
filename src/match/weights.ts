import type { Weights } from './decide.ts';

export const weights: Weights = { bias: -9.472, contrast: 3.918, steady: 1.472, length: -2.018 };
