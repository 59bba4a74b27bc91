/**
 * Sustained tones as evidence. The field (`field.ts`) subtracts each bin's mean over the clip, which discards sustained tones. Here
 * these means are kept as a profile: it shows which notes are played. It does not locate the moment, but it survives noise that
 * drowns every onset: alone, it ranks the right one of 131 tracks first for more than half of the clips at -6 dB.
 *
 * The clip's profile has mean 0 and variance 1. The track's profile is the root of the summed weight of its peaks in each bin. Their
 * fit is the scalar product, normalised so that random tones give mean 0 and standard deviation 1.
 */
import type { Print } from '../../types.ts';
import type { Alignment } from './align.ts';
import { LEVEL_WEIGHTS } from './loudness-weights.ts';

/** Floor for the deviation between bins, so that small ripples of a flat profile are not amplified. Steps of the map (1/12 neper). */
const LEAST_DEVIATION = 0.5;
/** Cap per tone, so that a steady hum is not evidence for every track at that pitch. */
const MOST_PER_TONE = 3;
/** Floor: without it, long noise would push the logarithm towards minus infinity. */
const LEAST_TONALITY = 0.006;

/** Bins have ten bits. */
const MOST_BINS = 1024;

export interface BinStatistics {
  means: Float64Array;
  variances: Float64Array;
}

export interface ClipTones {
  /** The profile: the normalised mean of each bin over the clip. */
  tones: Float32Array;
  /** Log of the share of the map's variance that lies between bins. Low for noise, whose bins are all alike. */
  tonality: number;
}

/** The profile of a clip, from the mean and variance of each bin. */
export function tonesOf({ means, variances }: BinStatistics): ClipTones {
  const mean = meanOf(means);
  const between = meanOf(means.map((value) => (value - mean) ** 2));
  const all = between + meanOf(variances);
  const unit = 1 / Math.sqrt(Math.max(between, LEAST_DEVIATION ** 2));
  return {
    tones: Float32Array.from(means, (value) => Math.min(MOST_PER_TONE, (value - mean) * unit)),
    tonality: all > 0 ? Math.log(Math.max(LEAST_TONALITY, between / all)) : 0,
  };
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** All are 0 between two calls of `tonesFit`. */
const zeros = new Float64Array(MOST_BINS);

/** Fit of a track's tones with the clip's, for a track aligned with the clip. */
export function tonesFit(print: Print, aligned: Alignment, tones: Float32Array): number {
  const weights = gather(print, aligned, zeros);
  const { count, rows } = aligned;
  let fit = 0;
  let all = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const weight = weights[row];
    if (weight === 0) continue; // taken already
    weights[row] = 0;
    fit += Math.sqrt(weight) * tones[row];
    all += weight;
  }
  return all ? fit / Math.sqrt(all) : 0;
}

/** Summed weight of the track's peaks in each row. */
export function gather(
  { levels }: Print,
  { count, peaks, rows }: Alignment,
  weights = new Float64Array(MOST_BINS),
): Float64Array {
  for (let i = 0; i < count; i++) weights[rows[i]] += LEVEL_WEIGHTS[levels[peaks[i]]];
  return weights;
}
