/**
 * How much an expected peak counts. A peak of a track is more likely to be audible in a clip if it is loud in the track, and if the
 * clip is quiet around its bin and so masks it less. Both enter as exp(EXPONENT x nepers of power).
 */
import type { Peaks } from '../../types.ts';
import type { Grid } from './align.ts';

const EXPONENT = 0.3;
/** Cap in nepers: where a clip is very quiet, a small loudspeaker may have dropped the music, too. */
const MOST_QUIET = 2;
/** The level around a bin is a weighted mean of the clip's peaks within this many bins. */
const NEAR_BINS = 30;
/** Prior: the mean level of all peaks counts as this many peaks in the bin itself. */
const PRIOR_PEAKS = 0.5;
/** One neper of power, in the unit of `Peaks.levels`. */
const NEPER = 256;

/** Weight of a print's peak, by its stored level, in steps of 3/4 neper. */
export const LEVEL_WEIGHTS = Float64Array.from({ length: 16 }, (_, level) => Math.exp(EXPONENT * 0.75 * level));

/** Weight of an expected peak in each bin of a clip, from the clip's own peaks. The weights are about 1. */
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
