/**
 * How much an expected peak counts. A peak of a track is more likely to be audible in a clip the louder it is in the track, and the
 * quieter the clip is around its bin, because quiet surroundings mask less. Both enter as exp(EXPONENT x nepers of power).
 */
import type { Peaks } from '../types.ts';
import type { Grid } from './align.ts';

const EXPONENT = 0.3;
/** Cap, in nepers: bands much quieter than the clip's mean may be missing because a small loudspeaker dropped the music, too. */
const MOST_QUIET = 2;
/** The level around a bin is a weighted mean of the clip's peaks within so many bins. */
const NEAR_BINS = 30;
/** Prior: the mean of all peaks counts as this many peaks in the bin itself. */
const PRIOR_PEAKS = 0.5;
/** A neper of power in the units of `Peaks.levels`. */
const NEPER = 256;

/** Weight of a print's peak by its level, which counts in steps of 3/4 neper. */
export const LEVEL_WEIGHTS = Float64Array.from({ length: 16 }, (_, level) => Math.exp(EXPONENT * 0.75 * level));

/** Weight of a peak expected in each bin of a clip, about 1, from the peaks of the clip. */
export function binWeightsOf({ count, bins, levels }: Peaks, { firstBin, binCount }: Grid): Float32Array {
  const sums = new Float64Array(binCount);
  const shares = new Float64Array(binCount);
  let mean = 0;
  for (let i = 0; i < count; i++) {
    const level = levels[i] / NEPER;
    const bin = bins[i] - firstBin;
    mean += level / count;
    const last = Math.min(binCount - 1, bin + NEAR_BINS);
    for (let b = Math.max(0, bin - NEAR_BINS); b <= last; b++) {
      const share = 1 - Math.abs(b - bin) / (NEAR_BINS + 1);
      sums[b] += share * level;
      shares[b] += share;
    }
  }
  return Float32Array.from(sums, (sum, b) => {
    const around = (sum + PRIOR_PEAKS * mean) / (shares[b] + PRIOR_PEAKS);
    return Math.exp(EXPONENT * Math.min(MOST_QUIET, mean - around));
  });
}
