/**
 * Describes a few seconds of sound by three numbers, which `gap-sounds.ts` classifies. In: rows of the kernel's map, and the level.
 * `steadiness`: correlation over the bins of a row and the one half a second later; tones of music last, voices glide, noise changes
 * completely. `tonality`: share of the map's variance that lies between bins. `unrest`: standard deviation of the loudness in dB; talk
 * has pauses.
 */
import { BIN_COUNT } from '../kernel/format.ts';

/** Half a second, in frames. */
const LAG = 22;

export interface SoundFeatures {
  steadiness: number;
  tonality: number;
  unrest: number;
  /** Mean level, dBFS. */
  levelDb: number;
}

export class FeatureSums {
  private readonly recent: Uint8Array[] = [];
  private readonly sums = new Float64Array(BIN_COUNT);
  private squares = 0;
  private frames = 0;
  private correlation = 0;
  private pairs = 0;
  private levels: number[] = [];
  private energy = 0;

  pushRow(row: Uint8Array): void {
    this.frames++;
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      this.sums[bin] += row[bin];
      this.squares += row[bin] ** 2;
    }
    // Every second frame is enough.
    if (this.frames % 2 === 0) return;
    this.recent.push(row.slice());
    if (this.recent.length <= LAG / 2) return;
    this.correlation += correlationOf(this.recent.shift() as Uint8Array, row);
    this.pairs++;
  }

  pushPower(power: number): void {
    this.energy += power;
    this.levels.push(10 * Math.log10(power + 1e-12));
  }

  get frameCount(): number {
    return this.frames;
  }

  features(): SoundFeatures {
    const { frames, sums, squares, levels } = this;
    const means = sums.map((sum) => sum / Math.max(1, frames));
    const mean = means.reduce((sum, value) => sum + value, 0) / BIN_COUNT;
    const between = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / BIN_COUNT;
    const all = squares / Math.max(1, frames * BIN_COUNT) - mean ** 2;
    const level = levels.reduce((sum, value) => sum + value, 0) / Math.max(1, levels.length);
    const spread = levels.reduce((sum, value) => sum + (value - level) ** 2, 0) / Math.max(1, levels.length);
    return {
      steadiness: this.correlation / Math.max(1, this.pairs),
      tonality: all > 0 ? between / all : 0,
      unrest: Math.sqrt(spread),
      levelDb: 10 * Math.log10(this.energy / Math.max(1, levels.length) + 1e-12),
    };
  }
}

function correlationOf(a: Uint8Array, b: Uint8Array): number {
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let i = 0; i < BIN_COUNT; i++) {
    sumA += a[i];
    sumB += b[i];
    squareA += a[i] * a[i];
    squareB += b[i] * b[i];
    product += a[i] * b[i];
  }
  const varianceA = squareA - sumA ** 2 / BIN_COUNT;
  const varianceB = squareB - sumB ** 2 / BIN_COUNT;
  return varianceA > 0 && varianceB > 0 ? (product - (sumA * sumB) / BIN_COUNT) / Math.sqrt(varianceA * varianceB) : 0;
}
