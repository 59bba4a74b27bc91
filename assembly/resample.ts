// Any rate -> the kernel's rate: a polyphase Kaiser-windowed sinc.
//
// Output n is the sound at input position n * inputRate / RATE = whole + phase / phases. Where the two rates have a small
// common fraction (44.1, 48, 96, 32 kHz ...) every phase that occurs has its own row of coefficients. For other rates the
// rows are a grid and the two nearest are blended. Each row sums to 1, so a constant stays constant.
import { PASS_HZ, RATE, SAMPLE_LIMIT } from "./params";
import { bessel0, sinc } from "./maths";

/** Samples the host may hand over at once. */
export const INPUT_CAPACITY: i32 = 4096;
const MAX_TAPS: i32 = 512;
const MAX_COEFFICIENTS: i32 = 36864;
/** Kaiser's beta for a stop-band of 80 dB. */
const STOP_DB: f64 = 80;
const BETA: f64 = 0.1102 * (STOP_DB - 8.7);
const BLEND_BITS: i32 = 30;

export const input = memory.data(INPUT_CAPACITY * 4, 16);
const coefficients = memory.data((MAX_COEFFICIENTS + MAX_TAPS) * 4, 16);
/** What the filter still needs of the past, then the new samples. */
const heard = memory.data((INPUT_CAPACITY + 2 * MAX_TAPS) * 4, 16);

let taps: i32 = 0;
let phases: i32 = 1;
let blendShift: i32 = -1;
let stepWhole: i32 = 1;
let stepPhase: i32 = 0;
let designedFor: f64 = 0;

let count: i32 = 0; // samples in `heard`
let whole: i32 = 0; // first sample in `heard` under the filter of the next output
let phase: i32 = 0;
let begun: bool = false;

/** Takes up to 4 digits behind the point as they are; 0 where no small common fraction exists. */
function greatestCommonDivisor(a: i32, b: i32): i32 {
  while (b) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** Coefficients of one row, for an output `shift` samples behind input sample `taps / 2 - 1` of those under the filter. */
function designRow(row: usize, shift: f64, cutoff: f64): void {
  const scale = 1 / bessel0(BETA);
  const half = <f64>taps / 2;
  let sum: f64 = 0;
  for (let pass = 0; pass < 2; pass++) {
    for (let k = 0; k < taps; k++) {
      const t = <f64>(k + 1) - half - shift;
      const edge = 1 - (t / half) * (t / half);
      const value = edge <= 0 ? 0 : 2 * cutoff * sinc(2 * cutoff * t) * bessel0(BETA * sqrt(edge)) * scale;
      if (pass) store<f32>(row + (k << 2), <f32>(value / sum));
      else sum += value;
    }
  }
}

function design(inputRate: f64): void {
  designedFor = inputRate;
  const pass = min(PASS_HZ, 0.45 * inputRate);
  const stop = min(<f64>RATE, inputRate) - pass;
  const wanted = (STOP_DB - 7.95) / (2.285 * 2 * 3.141592653589793 * (stop - pass) / inputRate);
  taps = (<i32>ceil(wanted) + 4) & ~3;
  const isWhole = floor(inputRate) == inputRate;
  const divisor = isWhole ? greatestCommonDivisor(<i32>inputRate, RATE) : 1;
  phases = RATE / divisor;
  blendShift = -1;
  let rows = phases;
  if (!isWhole || phases * taps > MAX_COEFFICIENTS) {
    let bits = 9;
    while ((1 << bits) * taps > MAX_COEFFICIENTS) bits--;
    rows = 1 << bits;
    phases = 1 << BLEND_BITS;
    blendShift = BLEND_BITS - bits;
    const ratio = inputRate / <f64>RATE;
    stepWhole = <i32>floor(ratio);
    stepPhase = <i32>nearest((ratio - floor(ratio)) * <f64>phases);
  } else {
    const step = <i32>inputRate / divisor;
    stepWhole = step / phases;
    stepPhase = step % phases;
  }
  const cutoff = (pass + stop) / 2 / inputRate;
  const rowCount = blendShift < 0 ? rows : rows + 1;
  for (let row = 0; row < rowCount; row++) {
    designRow(coefficients + (row * taps << 2), <f64>row / <f64>rows, cutoff);
  }
}

/** Begins a stream of this rate, Hz. */
export function startResampler(inputRate: f64): void {
  if (inputRate != designedFor) design(inputRate);
  count = 0;
  whole = 0;
  phase = 0;
  begun = false;
}

function dot(samples: usize, row: usize): f32 {
  let sum = f32x4.splat(0);
  for (let k = 0; k < taps << 2; k += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(samples + k), v128.load(row + k)));
  }
  const pair = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  return f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
}

@inline
function cleaned(sample: f32): f32 {
  return abs(sample) < SAMPLE_LIMIT ? sample : 0;
}

/** Makes outputs while all the samples under the filter are there; returns how many. */
function drain(output: usize): i32 {
  let made = 0;
  while (whole + taps <= count) {
    const samples = heard + (whole << 2);
    let value: f32;
    if (blendShift < 0) {
      value = dot(samples, coefficients + (phase * taps << 2));
    } else {
      const row = coefficients + ((phase >> blendShift) * taps << 2);
      const rest = <f32>(phase & ((1 << blendShift) - 1)) / <f32>(1 << blendShift);
      const before = dot(samples, row);
      value = before + rest * (dot(samples, row + (taps << 2)) - before);
    }
    store<f32>(output + (made++ << 2), value);
    whole += stepWhole;
    phase += stepPhase;
    if (phase >= phases) {
      phase -= phases;
      whole++;
    }
  }
  const kept = max(0, count - whole);
  const dropped = count - kept;
  memory.copy(heard, heard + (dropped << 2), <usize>kept << 2);
  count = kept;
  whole -= dropped;
  return made;
}

function hold(sample: f32, times: i32): void {
  for (let i = 0; i < times; i++) store<f32>(heard + (count++ << 2), sample);
}

/** Takes `length` samples from `input`, writes what they yield to `output`, returns how many that were. */
export function resample(length: i32, output: usize): i32 {
  if (length == 0) return 0;
  if (designedFor == <f64>RATE) {
    for (let i = 0; i < length << 2; i += 4) store<f32>(output + i, cleaned(load<f32>(input + i)));
    return length;
  }
  // Before its beginning and after its end a sound stands still at its first and last sample: no click.
  if (!begun) {
    begun = true;
    hold(cleaned(load<f32>(input)), taps / 2 - 1);
  }
  for (let i = 0; i < length; i++) store<f32>(heard + (count++ << 2), cleaned(load<f32>(input + (i << 2))));
  return drain(output);
}

/** The last outputs, when no more sound will come. */
export function endResampler(output: usize): i32 {
  if (!begun || designedFor == <f64>RATE) return 0;
  hold(load<f32>(heard + (count - 1 << 2)), taps / 2);
  return drain(output);
}
