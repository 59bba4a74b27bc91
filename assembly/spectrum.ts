// Samples -> rows of log power, and from them prominence.
//
// A row holds ROW_BINS integers of 16 bits, LOG_STEPS to a neper, LOG_FLOOR at -32768. Integers make what follows exact:
// sums do not drift, equal is equal, and every machine agrees.
import {
  BASS_RANGE, FIRST_BIN, LAST_BIN, LOG_FLOOR, LOG_STEPS, MAP_STEP, MAP_ZERO, MEAN_BINS, MEAN_FIRST_BIN, RANGE, WINDOW,
} from "./params";
import { IMAGINARY, SPECTRUM_BYTES, WORK_BYTES, makeFactors, makeHann, transform } from "./fft";

/** Bins 0 .. LAST_BIN + MEAN_BINS, up to whole vectors. */
export const ROW_BINS: i32 = 888;
const FLOOR: i32 = -32768;
/** Bytes of a row: the vectors that hold the bins where peaks may lie. */
export const FIRST_VECTOR: i32 = (FIRST_BIN & ~7) * 2;
export const END_VECTOR: i32 = ((LAST_BIN & ~7) + 8) * 2;
const LN2: f64 = 0.6931471805599453;
const SCALE: f32 = <f32>(LN2 * <f64>LOG_STEPS);
/** Adding it rounds a small number to an integer, found in the lowest bits of the sum. */
const ROUND: f32 = 12582912; // 1.5 x 2^23
/** From exponent (with its bias of 127) and mantissa to steps above the floor. */
const OFFSET: f64 = -127 * LN2 * <f64>LOG_STEPS - LOG_FLOOR * <f64>LOG_STEPS - 32768;
const MEAN_COUNT: i32 = 2 * MEAN_BINS + 1;

const window = memory.data(WINDOW * 4, 16);
const spectrum = memory.data(SPECTRUM_BYTES, 16);
const work = memory.data(WORK_BYTES, 16);
makeHann(window, WINDOW);
makeFactors(work, WINDOW);

@inline
function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** Log power of four bins in steps, as 32-bit integers that may lie outside 16 bits. */
@inline
function logSteps(at: usize): v128 {
  const re = v128.load(at), im = v128.load(at, IMAGINARY);
  const power = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
  // log2: the exponent, and a polynomial of the mantissa m (less 1), exact at both ends, within 2e-5 between
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_u(power, 23));
  const one = splat(1);
  const m = f32x4.sub(v128.or(v128.and(power, i32x4.splat(0x7fffff)), one), one);
  let p = f32x4.add(f32x4.mul(m, splat(0.0451470)), splat(-0.1935704));
  p = f32x4.add(f32x4.mul(m, p), splat(0.4156014));
  p = f32x4.add(f32x4.mul(m, p), splat(-0.7090948));
  p = f32x4.add(f32x4.mul(m, p), splat(1.4419169));
  p = f32x4.add(f32x4.mul(m, p), exponent);
  const steps = f32x4.add(f32x4.mul(p, splat(SCALE)), splat(<f32>(OFFSET + <f64>ROUND)));
  return i32x4.sub(steps, splat(ROUND));
}

/** Writes the vectors from byte `first` up to byte `end` of a row; returns the greatest of each lane. */
function logSpan(first: i32, end: i32, row: usize): v128 {
  let greatest = i16x8.splat(<i16>FLOOR);
  for (let at = first; at < end; at += 16) {
    const bins = spectrum + (at << 1);
    const values = i16x8.narrow_i32x4_s(logSteps(bins), logSteps(bins + 16));
    v128.store(row + at, values);
    greatest = i16x8.max_s(greatest, values);
  }
  return greatest;
}

function greatestLane(values: v128): i32 {
  const four = i16x8.max_s(values, v128.shuffle<i64>(values, values, 1, 0));
  const two = i16x8.max_s(four, v128.shuffle<i32>(four, four, 1, 0, 1, 0));
  return max<i32>(i16x8.extract_lane_s(two, 0), i16x8.extract_lane_s(two, 1));
}

/** Writes the row of log power for the WINDOW samples at `samples`; returns its floor, to which all less was raised. */
export function logRow(samples: usize, row: usize): i32 {
  transform(WINDOW, samples, window, spectrum, work);
  const bass = greatestLane(logSpan(0, FIRST_VECTOR, row));
  const band = greatestLane(logSpan(FIRST_VECTOR, END_VECTOR, row));
  logSpan(END_VECTOR, 2 * ROW_BINS, row);
  const floor = max(FLOOR, max(band - RANGE * LOG_STEPS, bass - BASS_RANGE * LOG_STEPS));
  const floors = i16x8.splat(<i16>floor);
  for (const end = row + 2 * ROW_BINS; row < end; row += 16) v128.store(row, i16x8.max_s(v128.load(row), floors));
  return floor;
}

/** First of the bins whose mean a bin is measured against. */
@inline
function meanStart(bin: i32): i32 {
  return max(bin - MEAN_BINS, MEAN_FIRST_BIN);
}

/** MEAN_COUNT times the prominence of a bin, in log steps. */
export function prominence(row: usize, bin: i32): i32 {
  const start = row + (meanStart(bin) << 1);
  let sums = i32x4.splat(0);
  for (let at = start; at < start + (MEAN_COUNT - 1 << 1); at += 16) {
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(v128.load(at)));
  }
  const sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1)
    + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3) + <i32>load<i16>(start + (MEAN_COUNT - 1 << 1));
  return MEAN_COUNT * <i32>load<i16>(row + (bin << 1)) - sum;
}

/** Prominence of MEAN_COUNT x steps -> 1/256 neper. */
export function strengthOf(prominence: i32): i32 {
  const unit = MEAN_COUNT * LOG_STEPS / 256;
  return (prominence + unit / 2) / unit;
}

/** Sums of all bins below each bin. They may wrap; their differences do not. */
const below = memory.data((ROW_BINS + 4) * 4, 16);

function sumUp(row: usize): void {
  const zero = i32x4.splat(0);
  let carry = zero;
  for (let at: usize = below; at < below + ROW_BINS * 4; at += 16, row += 8) {
    const x = v128.load16x4_s(row);
    const pairs = i32x4.add(x, v128.shuffle<i32>(zero, x, 0, 4, 5, 6));
    const sums = i32x4.add(i32x4.add(pairs, v128.shuffle<i32>(zero, pairs, 0, 0, 4, 5)), carry);
    v128.store(at, sums, 4);
    carry = v128.shuffle<i32>(sums, sums, 3, 3, 3, 3);
  }
}

/** Bytes of four bins; `sums` of the MEAN_COUNT bins about each. */
@inline
function mapBytes(row: usize, sums: v128): i32 {
  const prominence = i32x4.sub(i32x4.mul(v128.load16x4_s(row), i32x4.splat(MEAN_COUNT)), sums);
  const scale = <f32>(<f64>MAP_STEP / <f64>(MEAN_COUNT * LOG_STEPS));
  const scaled = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(prominence), splat(scale)), splat(ROUND + <f32>MAP_ZERO));
  const words = i16x8.narrow_i32x4_s(i32x4.sub(scaled, splat(ROUND)), i32x4.splat(0));
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0);
}

/** One byte for each bin from FIRST_BIN, and up to three of no meaning: see MAP_ZERO. */
export function mapRow(row: usize, map: usize): void {
  sumUp(row);
  const lowest = below + (MEAN_FIRST_BIN << 2);
  const fixed = i32x4.splat(load<i32>(lowest + (MEAN_COUNT << 2)) - load<i32>(lowest));
  for (let bin = FIRST_BIN; bin <= LAST_BIN; bin += 4) {
    const from = below + (bin - MEAN_BINS << 2);
    const sums = bin < MEAN_FIRST_BIN + MEAN_BINS ? fixed
      : i32x4.sub(v128.load(from + (MEAN_COUNT << 2)), v128.load(from));
    store<i32>(map + (bin - FIRST_BIN), mapBytes(row + (bin << 1), sums));
  }
}
