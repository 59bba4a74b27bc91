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
 * What each part adds to the score of a candidate, in log odds, so that people can read it: the contrast, the steadiness and the tones of
 * the candidate; the clip's length and tonality; a changed speed, which costs; and the library: many tracks cost, and a track that stands
 * out among them gains.
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
