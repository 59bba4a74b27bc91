// In: a window of samples. Out: a row of log power.
//
// A row holds ROW_BINS 16-bit integers in steps of 1 / LOG_STEPS neper, with LOG_FLOOR at -32768. Integers make all later stages
// exact: sums do not drift, equal values compare equal, and every machine gives the same bits.
import { BASS_RANGE, FIRST_BIN, LAST_BIN, LOG_FLOOR, LOG_STEPS, RANGE, WINDOW } from "./params";
import { IMAGINARY, SPECTRUM_BYTES, WORK_BYTES, makeHann, makeTwiddles } from "./twiddles";
import { transform } from "./fft";
import { add, mul, splat, sub } from "./lanes";

/** Bins 0 .. LAST_BIN + MEAN_BINS, rounded up to whole vectors. */
export const ROW_BINS: i32 = 888;
const FLOOR: i32 = -32768;
/** Byte offsets within a row of the vectors that hold the bins in which peaks are sought. */
export const FIRST_VECTOR: i32 = (FIRST_BIN & ~7) * 2;
export const END_VECTOR: i32 = ((LAST_BIN & ~7) + 8) * 2;
const LN2: f64 = 0.6931471805599453;
const SCALE: f32 = <f32>(LN2 * <f64>LOG_STEPS);
/** Adding this to a small number rounds it to an integer, which appears in the lowest bits of the sum. */
export const ROUND: f32 = 12582912; // 1.5 x 2^23
/** Added to log2 of the power, in steps: removes the exponent's bias of 127, and puts LOG_FLOOR at -32768. */
const OFFSET: f64 = -127 * LN2 * <f64>LOG_STEPS - LOG_FLOOR * <f64>LOG_STEPS - 32768;

const window = memory.data(WINDOW * 4, 16);
const spectrum = memory.data(SPECTRUM_BYTES, 16);
const work = memory.data(WORK_BYTES, 16);
makeHann(window, WINDOW);
makeTwiddles(work, WINDOW);

/** Converts a value of a row to 1/256 neper above LOG_FLOOR. */
export function levelOf(value: i32): i32 {
  return (value - FLOOR) / (LOG_STEPS / 256);
}

/** Log power of four bins in steps, as 32-bit integers that may exceed the range of 16 bits. */
@inline
function logSteps(at: usize): v128 {
  const re = v128.load(at), im = v128.load(at, IMAGINARY);
  const power = add(mul(re, re), mul(im, im));
  // log2 = exponent + a polynomial in m, the mantissa minus 1: exact at both ends of its range, else within 2e-5.
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_u(power, 23));
  const one = splat(1);
  const m = sub(v128.or(v128.and(power, i32x4.splat(0x7fffff)), one), one);
  let p = add(mul(m, splat(0.0451470)), splat(-0.1935704));
  p = add(mul(m, p), splat(0.4156014));
  p = add(mul(m, p), splat(-0.7090948));
  p = add(mul(m, p), splat(1.4419169));
  p = add(mul(m, p), exponent);
  const steps = add(mul(p, splat(SCALE)), splat(<f32>(OFFSET + <f64>ROUND)));
  return i32x4.sub(steps, splat(ROUND));
}

/** Writes the vectors from byte `first` up to byte `end` of a row; returns the maximum of each lane. */
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

/** Writes the row for the WINDOW samples at `frame`; returns its floor, to which lower values are raised. */
export function logRow(frame: usize, row: usize): i32 {
  transform(WINDOW, frame, window, spectrum, work);
  const bass = greatestLane(logSpan(0, FIRST_VECTOR, row));
  const band = greatestLane(logSpan(FIRST_VECTOR, END_VECTOR, row));
  logSpan(END_VECTOR, 2 * ROW_BINS, row);
  const floor = max(FLOOR, max(band - RANGE * LOG_STEPS, bass - BASS_RANGE * LOG_STEPS));
  const floors = i16x8.splat(<i16>floor);
  for (const end = row + 2 * ROW_BINS; row < end; row += 16) v128.store(row, i16x8.max_s(v128.load(row), floors));
  return floor;
}
