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
 * The score of a candidate as a sum of terms, in log odds, to be shown to people. `contrast`, `steady` and `tones` come from its evidence,
 * `clip` from the clip's length and tonality. `warp` is negative for a changed speed. `library` is lower the more tracks there are, and
 * higher for a track that stands out among them.
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
