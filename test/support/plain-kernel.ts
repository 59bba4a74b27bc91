/**
 * A slow and obvious version of the kernel in 64 bits, with which `assembly/` is compared.
 */
import { MAP_ZERO } from '../../src/kernel/format.ts';
import type { Peaks } from '../../src/types.ts';

const WINDOW = 2048;
const ROW_BINS = 888;
const FIRST_BIN = 36;
const LAST_BIN = 840;

/** Complex bins 0 .. length / 2: even and odd samples are transformed, then joined. */
export function plainSpectrum(samples: ArrayLike<number>): { re: Float64Array; im: Float64Array } {
  const length = samples.length;
  const transform = (first: number, step: number): [Float64Array, Float64Array] => {
    const n = length / step;
    if (n === 1) return [Float64Array.of(samples[first]), Float64Array.of(0)];
    const [evenRe, evenIm] = transform(first, 2 * step);
    const [oddRe, oddIm] = transform(first + step, 2 * step);
    const re = new Float64Array(n);
    const im = new Float64Array(n);
    for (let k = 0; k < n / 2; k++) {
      const cos = Math.cos((-2 * Math.PI * k) / n);
      const sin = Math.sin((-2 * Math.PI * k) / n);
      const turnedRe = oddRe[k] * cos - oddIm[k] * sin;
      const turnedIm = oddRe[k] * sin + oddIm[k] * cos;
      re[k] = evenRe[k] + turnedRe;
      im[k] = evenIm[k] + turnedIm;
      re[k + n / 2] = evenRe[k] - turnedRe;
      im[k + n / 2] = evenIm[k] - turnedIm;
    }
    return [re, im];
  };
  const [re, im] = transform(0, 1);
  return { re: re.subarray(0, length / 2 + 1), im: im.subarray(0, length / 2 + 1) };
}

export interface PlainRow {
  values: number[];
  floor: number;
}

/** Log power of a frame, 1024 steps to a neper, -32768 being 30 nepers below 1; raised to the frame's floor. */
export function plainRow(samples: ArrayLike<number>): PlainRow {
  const windowed = Array.from(
    { length: WINDOW },
    (_, n) => samples[n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW)),
  );
  const { re, im } = plainSpectrum(windowed);
  const steps = Array.from({ length: ROW_BINS }, (_, k) =>
    Math.max(-32768, Math.min(32767, Math.round((Math.log(re[k] ** 2 + im[k] ** 2) + 30) * 1024) - 32768)),
  );
  const bass = Math.max(...steps.slice(0, 32));
  const band = Math.max(...steps.slice(32, 848));
  const floor = Math.max(-32768, band - 18 * 1024, bass - 25 * 1024);
  return { values: steps.map((value) => Math.max(value, floor)), floor };
}

/** The maximum within `reach` on either side, as far as there are values. */
export function plainMaxima(row: ArrayLike<number>, reach: number): number[] {
  const values = Array.from(row);
  return values.map((_, i) => Math.max(...values.slice(Math.max(0, i - reach), i + reach + 1)));
}

/** A bin minus the mean of the 81 bins around it (for the lowest bins, of the lowest 81), in 1/81 of a step. */
export function plainProminence(row: ArrayLike<number>, bin: number): number {
  const start = Math.max(bin - 40, 4);
  let sum = 0;
  for (let i = start; i < start + 81; i++) sum += row[i];
  return 81 * row[bin] - sum;
}

export function plainMap(row: ArrayLike<number>): number[] {
  return Array.from({ length: LAST_BIN - FIRST_BIN + 1 }, (_, i) => {
    const nepers = plainProminence(row, FIRST_BIN + i) / 81 / 1024;
    return Math.max(0, Math.min(255, nearest(MAP_ZERO + 12 * nepers)));
  });
}

type Peak = Record<'frame' | 'bin' | 'strength' | 'level' | 'rank' | 'frameFraction' | 'binFraction', number>;

/** Rounds like the hardware: halves to even. */
function nearest(value: number): number {
  const up = Math.round(value);
  return up - value === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

function summit(before: number, middle: number, after: number): number {
  const bend = 2 * middle - before - after;
  return bend > 0 ? nearest((32 * (after - before)) / bend) : 0;
}

/** Greater than everything before it and not less than everything after it in its neighbourhood. */
function isPeak(rows: PlainRow[], frame: number, bin: number): boolean {
  const { values, floor } = rows[frame];
  const value = values[bin];
  if (value === floor) return false;
  for (let f = Math.max(0, frame - 5); f <= Math.min(rows.length - 1, frame + 5); f++)
    for (let b = bin - 16; b <= bin + 16; b++) {
      const isEarlier = f < frame || (f === frame && b < bin);
      const other = rows[f].values[b];
      if (other > value || (isEarlier && other === value)) return false;
    }
  return true;
}

function peaksOfFrame(rows: PlainRow[], frame: number): Peak[] {
  const { values } = rows[frame];
  const [before, after] = [rows[frame - 1], rows[frame + 1]];
  const peaks: Peak[] = [];
  for (let bin = FIRST_BIN; bin <= LAST_BIN; bin++) {
    if (!isPeak(rows, frame, bin)) continue;
    const strength = Math.round(plainProminence(values, bin) / 81 / 4);
    if (strength <= 0) continue;
    const frameFraction = before && after ? summit(before.values[bin], values[bin], after.values[bin]) : 0;
    const binFraction = summit(values[bin - 1], values[bin], values[bin + 1]);
    peaks.push({
      frame,
      bin,
      strength,
      level: Math.floor((values[bin] + 32768) / 4),
      rank: 0,
      frameFraction,
      binFraction,
    });
  }
  return peaks;
}

/** The peaks of a sequence of rows that have fewer than `maxRank` stronger ones within 22 frames. */
export function plainPeaks(rows: PlainRow[], maxRank: number): Peaks {
  const all = rows.flatMap((_, frame) => peaksOfFrame(rows, frame));
  for (const peak of all)
    peak.rank = all.filter(
      (other) => Math.abs(other.frame - peak.frame) <= 22 && other.strength > peak.strength,
    ).length;
  const kept = all.filter((peak) => peak.rank < maxRank);
  return {
    count: kept.length,
    frames: Uint32Array.from(kept, (peak) => peak.frame),
    bins: Uint16Array.from(kept, (peak) => peak.bin),
    levels: Uint16Array.from(kept, (peak) => peak.level),
    ranks: Uint8Array.from(kept, (peak) => peak.rank),
    frameFractions: Int8Array.from(kept, (peak) => peak.frameFraction),
    binFractions: Int8Array.from(kept, (peak) => peak.binFraction),
  };
}
