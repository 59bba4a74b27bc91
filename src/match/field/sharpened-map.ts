/**
 * The prominence map of a clip, sharpened: bins that stand out from their neighbours. In: the map. Out: its cells, and the mean and
 * variance of each bin, by which the field (`field.ts`) is normalised.
 */
import type { ProminenceMap } from '../analysis.ts';
import type { BinStatistics } from '../judge/tones.ts';
import { Scratch } from './scratch.ts';

/** Sharpening subtracts half the mean of the bins 3 to 6 away on either side. */
const NEAR_BIN = 3;
const FAR_BIN = 6;
const NEIGHBOURS = 0.5;

const scratchCells = new Scratch((length) => new Float32Array(length));

interface SharpenedMap {
  /** Frame by frame, as in the map. Valid until the next call. */
  cells: Float32Array;
  statistics: BinStatistics;
  /** The same without silent frames. */
  heard: BinStatistics;
}

export function sharpened(map: ProminenceMap): SharpenedMap {
  const { cells, statistics } = sharpen(map);
  const withSound = withoutSilence(cells, map.binCount);
  const heard = withSound.length === cells.length ? statistics : statisticsOf(withSound, map.binCount);
  return { cells, statistics, heard };
}

/** Subtracts a share of the neighbouring bins from every cell. Returns the cells with the statistics of their bins. */
function sharpen({ binCount, frameCount, rows }: ProminenceMap): { cells: Float32Array; statistics: BinStatistics } {
  const cells = scratchCells.of(rows.length);
  const means = new Float64Array(binCount);
  const variances = new Float64Array(binCount);
  const share = NEIGHBOURS / (2 * (FAR_BIN - NEAR_BIN + 1));
  // Prefix sums: sums[i] is the sum of the frame's first i cells. Its outermost values are repeated beyond both ends.
  const sums = new Int32Array(binCount + 2 * FAR_BIN + 1);
  for (let frame = 0; frame < frameCount; frame++) {
    const first = frame * binCount;
    const last = first + binCount - 1;
    for (let i = 0; i < FAR_BIN; i++) sums[i + 1] = sums[i] + rows[first];
    for (let i = 0; i < binCount; i++) sums[i + FAR_BIN + 1] = sums[i + FAR_BIN] + rows[first + i];
    for (let i = binCount + FAR_BIN; i < sums.length - 1; i++) sums[i + 1] = sums[i] + rows[last];
    for (let bin = 0; bin < binCount; bin++) {
      const below = sums[bin + FAR_BIN - NEAR_BIN + 1] - sums[bin];
      const above = sums[bin + 2 * FAR_BIN + 1] - sums[bin + FAR_BIN + NEAR_BIN];
      const cell = Math.fround(rows[first + bin] - share * (below + above));
      cells[first + bin] = cell;
      means[bin] += cell;
      variances[bin] += cell * cell;
    }
  }
  return { cells, statistics: ofSums(means, variances, frameCount) };
}

/** Leaves out completely flat frames: no sound arrived there, so they would distort the statistics of noise. */
function withoutSilence(cells: Float32Array, binCount: number): Float32Array {
  const heard: number[] = [];
  for (let at = 0; at < cells.length; at += binCount) if (!isFlat(cells, at, binCount)) heard.push(at);
  if (heard.length * binCount === cells.length) return cells;
  const kept = new Float32Array(heard.length * binCount);
  for (const [i, at] of heard.entries()) kept.set(cells.subarray(at, at + binCount), i * binCount);
  return kept;
}

function isFlat(cells: Float32Array, from: number, length: number): boolean {
  for (let at = from + 1; at < from + length; at++) if (cells[at] !== cells[from]) return false;
  return true;
}

function statisticsOf(cells: Float32Array, binCount: number): BinStatistics {
  const means = new Float64Array(binCount);
  const variances = new Float64Array(binCount);
  for (let at = 0; at < cells.length; at += binCount) {
    for (let row = 0; row < binCount; row++) {
      means[row] += cells[at + row];
      variances[row] += cells[at + row] * cells[at + row];
    }
  }
  return ofSums(means, variances, cells.length / binCount);
}

/** The sums of the values and of their squares become means and variances, in place. */
function ofSums(means: Float64Array, variances: Float64Array, frameCount: number): BinStatistics {
  for (let row = 0; row < means.length; row++) {
    means[row] /= Math.max(1, frameCount);
    variances[row] = Math.max(0, variances[row] / Math.max(1, frameCount) - means[row] ** 2);
  }
  return { means, variances };
}
