/**
 * The prominence map, made ready to lay prints on. Each value says how much a place of the clip speaks for a peak there:
 * by how many of that bin's own standard deviations it stands above that bin's own mean over the clip. A sustained tone
 * then proves nothing, an onset at the right moment much. What lies below the mean counts as nothing whatever its depth,
 * and what is left is bent upwards (power 1.5, capped): few strong places tell more than many weak ones. Where the clip has
 * a peak of its own the value is raised, there most, and a little beside it. Every bin's values sum to 0, so that a print
 * laid at random earns 0 on average.
 *
 * What so is lost, the mean of each bin, is the tones that sound through the clip. They say nothing of the moment, but are
 * heard far below the noise, and are kept beside the field.
 */
import type { Peaks } from '../types.ts';
import type { ProminenceMap } from './analysis.ts';

/** Frames beyond both ends, of no evidence (0), so that a print may be laid a little off without asking for bounds. */
export const MARGIN = 32;
/** Steps of a value, which is a signed byte. */
const FIELD_STEP = 16;

/** A tone stands above its close neighbours too: half the mean of those this many bins away is taken off. */
const NEAR_BIN = 3;
const FAR_BIN = 6;
const NEIGHBOURS = 0.5;
/** A bin that hardly moves must not have its ripples blown up. Steps of the map (1/12 neper). */
const LEAST_SPREAD = 10;
/** Nor those of bins that all sound alike. */
const LEAST_SPREAD_OF_TONES = 0.5;
/** Few tones, as a machine hums, must not count for all music that has them too. */
const LOUDEST_TONE = 3;
/** Of noise that goes on and on it would be ever less. */
const LEAST_TONALITY = 0.006;
/** More than so many standard deviations prove no more. */
const CAP = 3;
const CAP_VALUE = CAP ** 1.5;
/** What a peak of the clip adds in its 3 x 3 places, and once more in the middle. */
const PEAK_VALUE = 1;

/**
 * A peak of a track is the likelier to be heard the louder it is, and the fainter the clip is about its bin, whose noise
 * then drowns less: by e to the power of this for each neper of power.
 */
export const LOUDER = 0.3;
/** Where a clip is fainter than so many nepers below its mean, a small loudspeaker may have kept back the music too. */
const FAINTEST = 2;
/** How loud the clip is about a bin is told by its peaks within so many bins, and a little by all of them. */
const ABOUT_BINS = 30;
const ALL_PEAKS = 0.5;
/** Of a peak's level. */
const NEPER = 256;

export interface Field {
  firstBin: number;
  binCount: number;
  frameCount: number;
  /** Bin by bin: that of bin b and frame t is at (b - firstBin) * stride + MARGIN + t. */
  values: Int8Array;
  stride: number;
  /** Mean square of each bin's values, in steps. */
  powers: Float32Array;
  /** What a peak expected in a bin counts, about 1: see `LOUDER`. */
  weights: Float32Array;
  /** How much each bin sounds through the clip: of mean 0 and variance 1, but that single tones are bounded. */
  tones: Float32Array;
  /** Log of the share that these have in all that the map varies: small in noise, which sounds alike in all bins. */
  tonality: number;
}

export function fieldOf(map: ProminenceMap, peaks: Peaks): Field {
  const { firstBin, binCount, frameCount } = map;
  const rows = sharpened(map);
  const { means, variances } = spreadOf(rows, binCount, frameCount);
  const scales = variances.map((variance) => 1 / Math.sqrt(Math.max(variance, LEAST_SPREAD ** 2)));
  const sounding = soundingOf(rows, binCount);
  const heard =
    sounding.length === rows.length ? { means, variances } : spreadOf(sounding, binCount, sounding.length / binCount);
  const { tones, tonality } = tonesOf(heard.means, heard.variances);
  const levels = new Float64Array(binCount);
  const near = nearPeaks(peaks, map);
  for (let frame = 0, at = 0; frame < frameCount; frame++) {
    for (let bin = 0; bin < binCount; bin++, at++) {
      const above = (rows[at] - means[bin]) * scales[bin];
      const bent = above <= 0 ? 0 : above < CAP ? above * Math.sqrt(above) : CAP_VALUE;
      const value = bent + PEAK_VALUE * near[at];
      rows[at] = value;
      levels[bin] += value;
    }
  }
  for (let bin = 0; bin < binCount; bin++) levels[bin] /= frameCount;
  const stride = frameCount + 2 * MARGIN;
  const values = new Int8Array(binCount * stride);
  const powers = new Float32Array(binCount);
  for (let frame = 0, at = 0; frame < frameCount; frame++) {
    for (let bin = 0; bin < binCount; bin++, at++) {
      const value = Math.round((rows[at] - levels[bin]) * FIELD_STEP);
      values[bin * stride + MARGIN + frame] = value;
      powers[bin] += (value * value) / frameCount;
    }
  }
  return { firstBin, binCount, frameCount, values, stride, powers, weights: weightsOf(peaks, map), tones, tonality };
}

function weightsOf({ count, bins, levels }: Peaks, { firstBin, binCount }: ProminenceMap): Float32Array {
  const sums = new Float64Array(binCount);
  const shares = new Float64Array(binCount);
  let mean = 0;
  for (let i = 0; i < count; i++) {
    const level = levels[i] / NEPER;
    const bin = bins[i] - firstBin;
    mean += level / count;
    const last = Math.min(binCount - 1, bin + ABOUT_BINS);
    for (let b = Math.max(0, bin - ABOUT_BINS); b <= last; b++) {
      const share = 1 - Math.abs(b - bin) / (ABOUT_BINS + 1);
      sums[b] += share * level;
      shares[b] += share;
    }
  }
  return Float32Array.from(sums, (sum, b) => {
    const about = (sum + ALL_PEAKS * mean) / (shares[b] + ALL_PEAKS);
    return Math.exp(LOUDER * Math.min(FAINTEST, mean - about));
  });
}

/** Laid out as the map: 2 where a peak is, 1 around it. */
function nearPeaks({ count, frames, bins }: Peaks, { firstBin, binCount, frameCount }: ProminenceMap): Uint8Array {
  const near = new Uint8Array(binCount * frameCount);
  for (let i = 0; i < count; i++) {
    const bin = bins[i] - firstBin;
    const left = Math.max(0, bin - 1);
    const right = Math.min(binCount - 1, bin + 1);
    const last = Math.min(frameCount - 1, frames[i] + 1);
    for (let frame = Math.max(0, frames[i] - 1); frame <= last; frame++) {
      for (let b = left; b <= right; b++) near[frame * binCount + b] = Math.max(near[frame * binCount + b], 1);
    }
    if (frames[i] < frameCount) near[frames[i] * binCount + bin] = 2;
  }
  return near;
}

/** The frames that are not quite silent: what was cut off, or not sent, is no noise in which tones drown. */
function soundingOf(rows: Float32Array, binCount: number): Float32Array {
  const sounding = new Float32Array(rows.length);
  let length = 0;
  for (let at = 0; at < rows.length; at += binCount) {
    const row = rows.subarray(at, at + binCount);
    if (row.every((value) => value === row[0])) continue;
    sounding.set(row, length);
    length += binCount;
  }
  return sounding.subarray(0, length);
}

/** The tones that sound through a clip, of each bin's mean and variance. */
function tonesOf(means: Float64Array, variances: Float64Array): { tones: Float32Array; tonality: number } {
  const mean = meanOf(means);
  const between = meanOf(means.map((value) => (value - mean) ** 2));
  const all = between + meanOf(variances);
  const unit = 1 / Math.sqrt(Math.max(between, LEAST_SPREAD_OF_TONES ** 2));
  return {
    tones: Float32Array.from(means, (value) => Math.min(LOUDEST_TONE, (value - mean) * unit)),
    tonality: all > 0 ? Math.log(Math.max(LEAST_TONALITY, between / all)) : 0,
  };
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and variance of each bin. */
function spreadOf(rows: Float32Array, binCount: number, frameCount: number) {
  const means = new Float64Array(binCount);
  const variances = new Float64Array(binCount);
  for (let frame = 0, at = 0; frame < frameCount; frame++) {
    for (let bin = 0; bin < binCount; bin++, at++) {
      means[bin] += rows[at];
      variances[bin] += rows[at] * rows[at];
    }
  }
  for (let bin = 0; bin < binCount; bin++) {
    means[bin] /= Math.max(1, frameCount);
    variances[bin] = Math.max(0, variances[bin] / Math.max(1, frameCount) - means[bin] ** 2);
  }
  return { means, variances };
}

/** Every place less a share of its neighbours in frequency. */
function sharpened({ binCount, frameCount, rows }: ProminenceMap): Float32Array {
  const sharp = new Float32Array(rows.length);
  const share = NEIGHBOURS / (2 * (FAR_BIN - NEAR_BIN + 1));
  // sums[i]: of the row's first i places, which is continued beyond both ends by its outermost values
  const sums = new Int32Array(binCount + 2 * FAR_BIN + 1);
  for (let frame = 0; frame < frameCount; frame++) {
    const first = frame * binCount;
    for (let i = 0; i < sums.length - 1; i++) {
      const bin = Math.min(binCount - 1, Math.max(0, i - FAR_BIN));
      sums[i + 1] = sums[i] + rows[first + bin];
    }
    for (let bin = 0; bin < binCount; bin++) {
      const below = sums[bin + FAR_BIN - NEAR_BIN + 1] - sums[bin];
      const above = sums[bin + 2 * FAR_BIN + 1] - sums[bin + FAR_BIN + NEAR_BIN];
      sharp[first + bin] = rows[first + bin] - share * (below + above);
    }
  }
  return sharp;
}
