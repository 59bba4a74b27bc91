// The filter that keeps apart what the kernel reads and what would fold onto it, as rows of coefficients.
//
// h(t) = sinc(2 fc t) I0(beta sqrt(1 - (t / half)^2)), a sinc under Kaiser's window, t in input samples. Row r holds h
// for an output that lies r / rows of a sample behind one of the input. Only what folds into the bins that are read
// must be stopped: from RATE (or the input's rate) less PASS_HZ on, which leaves 1.9 kHz for the slope. Each row is
// scaled to a sum of 1, so that a constant stays constant.
import { PASS_HZ, RATE, STOP_DB } from "./params";
import { bessel0, sinc } from "./maths";

const BETA: f64 = 0.1102 * (STOP_DB - 8.7);
/** At 192 kHz it takes 480. */
export const MAX_TAPS: i32 = 512;
const MAX_COEFFICIENTS: i32 = 36864;
/** Fineness of a phase where rates have no small common fraction: 0.2 samples lost in ten hours. */
const BLEND_BITS: i32 = 30;

const coefficients = memory.data((MAX_COEFFICIENTS + MAX_TAPS) * 4, 16);
/** One row before it is scaled. */
const drawing = memory.data(MAX_TAPS * 8, 16);

/** Length of a row, a multiple of 8. */
export let taps: i32 = 0;
/** Steps of phase that make one input sample. */
export let phases: i32 = 1;
/** From one output to the next: whole input samples, and steps of phase. */
export let stepWhole: i32 = 1;
export let stepPhase: i32 = 0;
/** Bits of a phase that lie between two rows, which then are blended; 0 where each phase has a row. */
export let blendBits: i32 = 0;

/** Coefficients for a phase; those of the phase just after it are `taps` on. */
@inline
export function rowOf(phase: i32): usize {
  return coefficients + ((phase >> blendBits) * taps << 2);
}

function greatestCommonDivisor(a: i32, b: i32): i32 {
  while (b) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** For an output `shift` samples behind input sample `taps / 2 - 1` of those under the filter. */
function designRow(row: usize, shift: f64, cutoff: f64): void {
  const half = <f64>taps / 2;
  let sum: f64 = 0;
  for (let k = 0; k < taps; k++) {
    const t = <f64>(k + 1) - half - shift;
    const edge = 1 - (t / half) * (t / half);
    const value = edge <= 0 ? 0 : sinc(2 * cutoff * t) * bessel0(BETA * sqrt(edge));
    store<f64>(drawing + (k << 3), value);
    sum += value;
  }
  for (let k = 0; k < taps; k++) store<f32>(row + (k << 2), <f32>(load<f64>(drawing + (k << 3)) / sum));
}

/** Where the rates have a small common fraction (44.1, 48, 96, 32 kHz ...), every phase that occurs has a row. */
function countExactly(inputRate: i32): i32 {
  const divisor = greatestCommonDivisor(inputRate, RATE);
  const step = inputRate / divisor;
  phases = RATE / divisor;
  stepWhole = step / phases;
  stepPhase = step % phases;
  blendBits = 0;
  return phases;
}

/** Elsewhere the rows are a grid, as fine as there is room for, and the two nearest are blended. */
function countFinely(inputRate: f64): i32 {
  let rowBits = 9;
  while (taps << rowBits > MAX_COEFFICIENTS) rowBits--;
  const ratio = inputRate / <f64>RATE;
  phases = 1 << BLEND_BITS;
  stepWhole = <i32>floor(ratio);
  stepPhase = <i32>nearest((ratio - floor(ratio)) * <f64>phases);
  blendBits = BLEND_BITS - rowBits;
  return 1 << rowBits;
}

export function designFor(inputRate: f64): void {
  const pass = min(PASS_HZ, 0.45 * inputRate);
  const stop = min(<f64>RATE, inputRate) - pass;
  // Kaiser's estimate of the length
  const length = (STOP_DB - 7.95) / (2.285 * 2 * 3.141592653589793 * (stop - pass) / inputRate);
  taps = (<i32>ceil(length) + 7) & ~7;
  const cutoff = (pass + stop) / 2 / inputRate;
  let rows = floor(inputRate) == inputRate ? countExactly(<i32>inputRate) : MAX_COEFFICIENTS;
  if (rows * taps > MAX_COEFFICIENTS) rows = countFinely(inputRate);
  for (let row = 0; row < rows + i32(blendBits > 0); row++) {
    designRow(coefficients + (row * taps << 2), <f64>row / <f64>rows, cutoff);
  }
}
