// Samples -> rows of log power, and from them prominence.
//
// A row holds ROW_BINS integers of 16 bits, LOG_STEPS to a neper, the floor at -32768. Integers make what follows exact:
// sums do not drift, equal is equal, and every machine agrees.
import { BIN_COUNT, FIRST_BIN, LOG_FLOOR, LOG_STEPS, MAP_STEP, MAP_ZERO, MEAN_BINS, MEAN_FIRST_BIN } from "./params";
import { powers } from "./fft";

/** Bins 0 .. LAST_BIN + MEAN_BINS, up to whole vectors. */
export const ROW_BINS: i32 = 888;
export const FLOOR: i32 = -32768;
const LN2: f64 = 0.6931471805599453;
const SCALE: f32 = <f32>(LN2 * <f64>LOG_STEPS);
const OFFSET: f32 = <f32>(-32768 - LOG_FLOOR * <f64>LOG_STEPS);
const MEAN_COUNT: i32 = 2 * MEAN_BINS + 1;

const power = memory.data(ROW_BINS * 4, 16);

/** log2 of a power: exponent plus a polynomial of the mantissa m - 1, exact at both ends, within 2e-5 between. */
function log2(power: f32): f32 {
  const bits = reinterpret<i32>(power);
  const m = reinterpret<f32>((bits & 0x7fffff) | 0x3f800000) - 1;
  const p: f32 = m * (1.4419169 + m * (-0.7090948 + m * (0.4156014 + m * (-0.1935704 + m * 0.0451470))));
  return <f32>((bits >> 23) - 127) + p;
}

/** Writes the row of log power for the WINDOW samples at `samples`. */
export function logRow(samples: usize, row: usize): void {
  powers(samples, power, ROW_BINS);
  for (let bin = 0; bin < ROW_BINS; bin++) {
    const value = nearest(log2(load<f32>(power + (bin << 2))) * SCALE + OFFSET);
    store<i16>(row + (bin << 1), <i16>max(<f32>-32768, min(<f32>32767, value)));
  }
}

/** First of the bins whose mean a bin is measured against. */
@inline
function meanStart(bin: i32): i32 {
  return max(bin - MEAN_BINS, MEAN_FIRST_BIN);
}

/** MEAN_COUNT times the prominence of a bin, in log steps. */
export function prominence(row: usize, bin: i32): i32 {
  let sum = 0;
  const start = meanStart(bin);
  for (let i = start; i < start + MEAN_COUNT; i++) sum += load<i16>(row + (i << 1));
  return MEAN_COUNT * load<i16>(row + (bin << 1)) - sum;
}

/** Prominence of MEAN_COUNT x steps -> 1/256 neper. */
export function strengthOf(prominence: i32): i32 {
  const unit = MEAN_COUNT * LOG_STEPS / 256;
  return (prominence + unit / 2) / unit;
}

/** One byte for each bin from FIRST_BIN: see MAP_ZERO. */
export function mapRow(row: usize, map: usize): void {
  for (let i = 0; i < BIN_COUNT; i++) {
    const unit = MEAN_COUNT * LOG_STEPS;
    const scaled = prominence(row, FIRST_BIN + i) * MAP_STEP + MAP_ZERO * unit + unit / 2;
    store<u8>(map + i, <u8>max(0, min(255, scaled / unit)));
  }
}
