import {
  type Circumstances,
  chanceOf,
  type Features,
  featuresOf,
  gainOf,
  LEAST_WARPED_GAIN,
  type SearchSize,
} from './decide.ts';
import type { Evidence } from './evidence.ts';
import { weights } from './weights.ts';

/**
 * The score of a candidate (`decide.ts`) for people to read: what each part adds to the log odds. The contrast, the steadiness and the tones of the candidate; what
 * is asked of any clip of that length and tonality; what a changed speed costs; and what the library does: many tracks cost, and a
 * track that stands out among them gains.
 */
export interface Terms {
  contrast: number;
  steady: number;
  tones: number;
  clip: number;
  warp: number;
  library: number;
}

export function termsOf(
  evidence: Evidence,
  { tapeFrames }: Pick<SearchSize, 'tapeFrames'>,
  { isWarped, ordinaryTones, standing }: Circumstances,
): Terms {
  const features = featuresOf(evidence, ordinaryTones);
  const term = (name: keyof Features) => weights[name] * features[name];
  return {
    contrast: term('contrast'),
    steady: term('steady'),
    tones: term('tones'),
    clip: weights.bias + term('tonality') + term('length'),
    warp: isWarped ? -LEAST_WARPED_GAIN : 0,
    library: gainOf(standing) - chanceOf(tapeFrames),
  };
}
