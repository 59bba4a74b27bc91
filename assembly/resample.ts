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
const STOP_DB: f64 = 76;
const BETA: f64 = 0.1102 * (STOP_DB - 8.7);
const BLEND_BITS: i32 = 30;

export const input = memory.data(INPUT_CAPACITY * 4 + 16, 16);
const coefficients = memory.data((MAX_COEFFICIENTS + MAX_TAPS) * 4, 16);
/** One row before it is scaled. */
const drawing = memory.data(MAX_TAPS * 8, 16);
/** What the filter still needs of the past, then the new samples. */
const heard = memory.data((INPUT_CAPACITY + 2 * MAX_TAPS) * 4 + 16, 16);

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

function design(inputRate: f64): void {
  designedFor = inputRate;
  const pass = min(PASS_HZ, 0.45 * inputRate);
  const stop = min(<f64>RATE, inputRate) - pass;
  const wanted = (STOP_DB - 7.95) / (2.285 * 2 * 3.141592653589793 * (stop - pass) / inputRate);
  taps = (<i32>ceil(wanted) + 8) & ~7;
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

/** The sum of each of four vectors' lanes. */
@inline
function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
function sumUp(sum: v128, x: v128, h: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, h));
}

/** Four dot products of `taps` samples and coefficients each: lane by lane the same sums, whatever the other lanes do. */
function dots(
  x0: usize, x1: usize, x2: usize, x3: usize,
  row0: usize, row1: usize, row2: usize, row3: usize,
): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (const end = x0 + (taps << 2); x0 < end; x0 += 32, x1 += 32, x2 += 32, x3 += 32) {
    a = sumUp(a, v128.load(x0), v128.load(row0));
    b = sumUp(b, v128.load(x1), v128.load(row1));
    c = sumUp(c, v128.load(x2), v128.load(row2));
    d = sumUp(d, v128.load(x3), v128.load(row3));
    a = sumUp(a, v128.load(x0, 16), v128.load(row0, 16));
    b = sumUp(b, v128.load(x1, 16), v128.load(row1, 16));
    c = sumUp(c, v128.load(x2, 16), v128.load(row2, 16));
    d = sumUp(d, v128.load(x3, 16), v128.load(row3, 16));
    row0 += 32, row1 += 32, row2 += 32, row3 += 32;
  }
  return sumsOf(a, b, c, d);
}

/** The same four sums where all have one row. */
function dotsOfRow(x0: usize, x1: usize, x2: usize, x3: usize, row: usize): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (const end = x0 + (taps << 2); x0 < end; x0 += 32, x1 += 32, x2 += 32, x3 += 32, row += 32) {
    const h0 = v128.load(row), h1 = v128.load(row, 16);
    a = sumUp(a, v128.load(x0), h0);
    b = sumUp(b, v128.load(x1), h0);
    c = sumUp(c, v128.load(x2), h0);
    d = sumUp(d, v128.load(x3), h0);
    a = sumUp(a, v128.load(x0, 16), h1);
    b = sumUp(b, v128.load(x1, 16), h1);
    c = sumUp(c, v128.load(x2, 16), h1);
    d = sumUp(d, v128.load(x3, 16), h1);
  }
  return sumsOf(a, b, c, d);
}

/** First sample under the filter of the next output. */
@inline
function under(): usize {
  return heard + (whole << 2);
}

/** Coefficients of the next output; where rows are blended, of the one before it. */
@inline
function row(): usize {
  return coefficients + ((blendShift < 0 ? phase : phase >> blendShift) * taps << 2);
}

@inline
function blend(before: f32, after: f32, phase: i32): f32 {
  const one = 1 << blendShift;
  return before + <f32>(phase & (one - 1)) / <f32>one * (after - before);
}

@inline
function advance(): void {
  whole += stepWhole;
  phase += stepPhase;
  if (phase >= phases) {
    phase -= phases;
    whole++;
  }
}

/** Makes outputs while all the samples under the filter are there; returns where the next one goes. */
function drain(output: usize): usize {
  if (blendShift < 0) {
    // four at a time; the last few one by one, in a lane of the same sum
    while (whole + taps + 3 * (stepWhole + 1) <= count) {
      const x0 = under(), row0 = row();
      advance();
      const x1 = under(), row1 = row();
      advance();
      const x2 = under(), row2 = row();
      advance();
      const x3 = under(), row3 = row();
      advance();
      v128.store(output, phases == 1 ? dotsOfRow(x0, x1, x2, x3, row0) : dots(x0, x1, x2, x3, row0, row1, row2, row3));
      output += 16;
    }
    while (whole + taps <= count) {
      const x = under(), row0 = row();
      advance();
      store<f32>(output, f32x4.extract_lane(dots(x, x, x, x, row0, row0, row0, row0), 0));
      output += 4;
    }
  } else {
    while (whole + taps <= count) {
      const x = under(), before = row(), after = before + (taps << 2);
      const both = dots(x, x, x, x, before, after, before, after);
      store<f32>(output, blend(f32x4.extract_lane(both, 0), f32x4.extract_lane(both, 1), phase));
      advance();
      output += 4;
    }
  }
  return output;
}

/** Forgets the samples that no filter will need again. */
function forget(): void {
  const gone = min(whole, count);
  memory.copy(heard, under(), <usize>(count - gone) << 2);
  count -= gone;
  whole -= gone;
}

function hold(sample: f32, times: i32): void {
  for (let i = 0; i < times; i++) store<f32>(heard + (count++ << 2), sample);
}

@inline
function cleaned(samples: v128): v128 {
  return v128.and(samples, f32x4.lt(f32x4.abs(samples), f32x4.splat(SAMPLE_LIMIT)));
}

/** Copies `length` samples from `input`, and up to three more of no meaning. */
function copyCleaned(length: i32, to: usize): void {
  for (let i = 0; i < length << 2; i += 16) v128.store(to + i, cleaned(v128.load(input + i)));
}

/** Takes `length` samples from `input`, writes what they yield to `output`, returns how many that were. */
export function resample(length: i32, output: usize): i32 {
  if (length == 0) return 0;
  if (designedFor == <f64>RATE) {
    copyCleaned(length, output);
    return length;
  }
  // Before its beginning and after its end a sound stands still at its first and last sample: no click.
  if (!begun) {
    begun = true;
    hold(f32x4.extract_lane(cleaned(v128.load(input)), 0), taps / 2 - 1);
  }
  copyCleaned(length, heard + (count << 2));
  count += length;
  const end = drain(output);
  forget();
  return <i32>(end - output) >> 2;
}

/** The last outputs, when no more sound will come. */
export function endResampler(output: usize): i32 {
  if (!begun || designedFor == <f64>RATE) return 0;
  hold(load<f32>(heard + (count - 1 << 2)), taps / 2);
  return <i32>(drain(output) - output) >> 2;
}
