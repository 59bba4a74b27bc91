// In: a sample rate. Out: the coefficients of the resampler's low-pass filter.
//
// h(t) = sinc(2 fc t) I0(beta sqrt(1 - (t / half)^2)), a sinc under Kaiser's window, t in input samples. Row r holds h
// for outputs that lie r / rows of a sample after an input sample. Only frequencies that alias into the analysed bins must be
// stopped: those above RATE (or the input's rate, if lower) minus PASS_HZ. This allows a transition band of 1.9 kHz and so a short
// filter. Each row is scaled to a sum of 1, so that a constant stays constant.
import { PASS_HZ, RATE, STOP_DB } from "./params";
import { bessel0, sinc } from "./maths";

const BETA: f64 = 0.1102 * (STOP_DB - 8.7);
/** FASTEST_RATE needs 480. */
export const MAX_TAPS: i32 = 512;
const MAX_COEFFICIENTS: i32 = 36864;
/** Resolution of a phase when rows are blended: the output drifts by 0.2 samples in ten hours. */
const BLEND_BITS: i32 = 30;

const coefficients = memory.data((MAX_COEFFICIENTS + MAX_TAPS) * 4, 16);
/** One row before it is scaled. */
const unscaled = memory.data(MAX_TAPS * 8, 16);

/** Coefficients in a row, a multiple of 8. */
export let taps: i32 = 0;
/** Phases are in units of this fraction of an input sample. */
export let phases: i32 = 1;
/** Distance from one output to the next: whole input samples, and phases. */
export let stepWhole: i32 = 1;
export let stepPhase: i32 = 0;
/** The low bits of a phase, by which two neighbouring rows are blended; 0 if each phase has its own row. */
export let blendBits: i32 = 0;

/** Row of a phase, or the row before it if rows are blended; the next row follows. */
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

/** Row for outputs that lie `shift` of a sample after the `taps / 2 - 1`th of the samples that the filter covers. */
function designRow(row: usize, shift: f64, cutoff: f64): void {
  const half = <f64>taps / 2;
  let sum: f64 = 0;
  for (let k = 0; k < taps; k++) {
    const t = <f64>(k + 1) - half - shift;
    const edge = 1 - (t / half) * (t / half);
    const value = edge <= 0 ? 0 : sinc(2 * cutoff * t) * bessel0(BETA * sqrt(edge));
    store<f64>(unscaled + (k << 3), value);
    sum += value;
  }
  for (let k = 0; k < taps; k++) store<f32>(row + (k << 2), <f32>(load<f64>(unscaled + (k << 3)) / sum));
}

/** Rates whose ratio to RATE is a small fraction (44.1, 48, 96, 32 kHz ...): a row for every phase that occurs. */
function useExactPhases(inputRate: i32): i32 {
  const divisor = greatestCommonDivisor(inputRate, RATE);
  const step = inputRate / divisor;
  phases = RATE / divisor;
  stepWhole = step / phases;
  stepPhase = step % phases;
  blendBits = 0;
  return phases;
}

/** Other rates: a grid of rows as fine as memory allows; the two nearest are blended. */
function usePhaseGrid(inputRate: f64): i32 {
  let rowBits = 9;
  while (taps << rowBits > MAX_COEFFICIENTS) rowBits--;
  const ratio = inputRate / <f64>RATE;
  phases = 1 << BLEND_BITS;
  stepWhole = <i32>floor(ratio);
  stepPhase = <i32>nearest((ratio - floor(ratio)) * <f64>phases);
  blendBits = BLEND_BITS - rowBits;
  return 1 << rowBits;
}

/** Sets everything above for an input rate, Hz. */
export function designFor(inputRate: f64): void {
  const pass = min(PASS_HZ, 0.45 * inputRate);
  const stop = min(<f64>RATE, inputRate) - pass;
  // Kaiser's estimate of the filter's length.
  const length = (STOP_DB - 7.95) / (2.285 * 2 * 3.141592653589793 * (stop - pass) / inputRate);
  taps = (<i32>ceil(length) + 7) & ~7;
  const cutoff = (pass + stop) / 2 / inputRate;
  let rows = floor(inputRate) == inputRate ? useExactPhases(<i32>inputRate) : MAX_COEFFICIENTS;
  if (rows * taps > MAX_COEFFICIENTS) rows = usePhaseGrid(inputRate);
  for (let row = 0; row < rows + i32(blendBits > 0); row++) {
    designRow(coefficients + (row * taps << 2), <f64>row / <f64>rows, cutoff);
  }
}
