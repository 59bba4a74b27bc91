/**
 * The clip's spectrogram, normalised so that prints can be compared with it. In: the prominence map and the peaks of one analysis.
 * Out: for each bin and frame, how strongly this cell suggests a peak of the music.
 *
 *     value = min(z, 3)^1.5 for z > 0, else 0;   z = (sharpened prominence - mean of the bin) / deviation of the bin
 *           + 1 in the cells around each peak of the clip, + 1 more at the peak itself
 *           - mean of the bin's values
 *
 * Normalising each bin removes the frequency response of room and loudspeaker. It also makes onsets count rather than sustained
 * tones, which are kept separately (`tones.ts`). The exponent favours few strong cells over many weak ones. Because every bin sums
 * to 0, the expected fit at a random place is 0.
 */
import type { Peaks } from '../../types.ts';
import type { ProminenceMap } from '../analysis.ts';
import { binWeightsOf } from '../judge/loudness-weights.ts';
import { type BinStatistics, type ClipTones, tonesOf } from '../judge/tones.ts';
import { Scratch } from './scratch.ts';
import { sharpened } from './sharpened-map.ts';

/** Empty frames (value 0) kept beyond both ends, so that a print can be shifted without checking bounds. */
export const MARGIN = 32;
/** Values are signed bytes in steps of 1/16. */
const STEPS = 16;
/** More steps than any value has: at most CAP_VALUE + 2 PEAK_VALUE, less a mean. */
const MOST_STEPS = 128;

/** Floor for a bin's deviation, so that small ripples in a steady bin are not amplified. Steps of the map (1/12 neper). */
const LEAST_DEVIATION = 10;
/** Cap on z. */
const CAP = 3;
const CAP_VALUE = CAP ** 1.5;
/** Rows that are laid out at once: as many as one line of the processor's cache holds of a frame. */
const TILE_ROWS = 16;
/** Bonus for the cells around a peak of the clip; the peak's own cell gets it twice. */
const PEAK_VALUE = 1;

export interface Field extends ClipTones {
  firstBin: number;
  binCount: number;
  frameCount: number;
  /** Bin by bin: the value of row r (bin - `firstBin`) and frame t is at r * stride + MARGIN + t. */
  values: Int8Array;
  stride: number;
  /** Mean square of each bin's values, in steps squared. */
  powers: Float32Array;
  /** How much a peak expected in each bin counts: see `loudness-weights.ts`. */
  weights: Float32Array;
}

const scratchNear = new Scratch((length) => new Uint8Array(length));

export function fieldOf(map: ProminenceMap, peaks: Peaks): Field {
  const { firstBin, binCount, frameCount } = map;
  const { cells, statistics, heard } = sharpened(map);
  const means = bend(cells, statistics, nearPeaks(peaks, map));
  return {
    ...{ firstBin, binCount, frameCount },
    ...centred(cells, means, frameCount),
    weights: binWeightsOf(peaks, map),
    ...tonesOf(heard),
  };
}

/** The frames from `from` to `to`, excluded. Its statistics and tones stay those of the whole. */
export const partOf = (field: Field, from: number, to: number): Field => ({
  ...field,
  values: field.values.subarray(from),
  frameCount: to - from,
});

/** Converts sharpened prominence to values, in place. Returns the mean of each bin. */
function bend(cells: Float32Array, { means, variances }: BinStatistics, near: Uint8Array): Float64Array {
  const binCount = means.length;
  const frameCount = cells.length / binCount;
  const scales = variances.map((variance) => 1 / Math.sqrt(Math.max(variance, LEAST_DEVIATION ** 2)));
  const bentMeans = new Float64Array(binCount);
  for (let at = 0; at < cells.length; at += binCount) {
    for (let row = 0; row < binCount; row++) {
      const z = (cells[at + row] - means[row]) * scales[row];
      // max(z, 0), exactly: a branch would be mispredicted in every second cell.
      const positive = (z + Math.abs(z)) / 2;
      const bent = positive < CAP ? positive * Math.sqrt(positive) : CAP_VALUE;
      const value = Math.fround(bent + PEAK_VALUE * near[at + row]);
      cells[at + row] = value;
      bentMeans[row] += value;
    }
  }
  for (let row = 0; row < binCount; row++) bentMeans[row] /= frameCount;
  return bentMeans;
}

/** Subtracts each bin's mean; returns the values as bytes, laid out bin by bin. */
function centred(cells: Float32Array, means: Float64Array, frameCount: number) {
  const binCount = means.length;
  const stride = frameCount + 2 * MARGIN;
  const values = new Int8Array(binCount * stride);
  const powers = new Float32Array(binCount);
  // A table, because a division per cell would take most of the time.
  const shares = Float64Array.from({ length: 2 * MOST_STEPS }, (_, i) => (i - MOST_STEPS) ** 2 / frameCount);
  // Tile by tile, because neighbours in one layout lie far apart in the other.
  for (let firstRow = 0; firstRow < binCount; firstRow += TILE_ROWS) {
    const endRow = Math.min(binCount, firstRow + TILE_ROWS);
    for (let frame = 0; frame < frameCount; frame++) {
      const at = frame * binCount;
      const to = MARGIN + frame;
      for (let row = firstRow; row < endRow; row++) {
        // Rounds; the sum is positive, so that it may be truncated.
        const shifted = ((cells[at + row] - means[row]) * STEPS + (MOST_STEPS + 0.5)) | 0;
        values[row * stride + to] = shifted - MOST_STEPS;
        powers[row] += shares[shifted];
      }
    }
  }
  return { values, stride, powers };
}

/** In the layout of the map: 2 in the cell of a peak, 1 in the cells around it, else 0. */
function nearPeaks({ count, frames, bins }: Peaks, { firstBin, binCount, frameCount }: ProminenceMap): Uint8Array {
  const near = scratchNear.of(binCount * frameCount).fill(0);
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
