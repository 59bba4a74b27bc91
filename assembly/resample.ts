// Any rate -> the kernel's rate.
//
// Output n is the sound at input position n * inputRate / RATE = whole + phase / phases, which is a sum over the `taps`
// input samples about it: see low-pass.ts.
import { RATE, SAMPLE_LIMIT } from "./params";
import { dots, dotsOfRow } from "./dots";
import { MAX_TAPS, blendBits, designFor, phases, rowOf, stepPhase, stepWhole, taps } from "./low-pass";

/** Samples the host may hand over at once. */
export const INPUT_CAPACITY: i32 = 4096;

export const input = memory.data(INPUT_CAPACITY * 4 + 16, 16);
/** What the filter still needs of the past, then the new samples. */
const heard = memory.data((INPUT_CAPACITY + 2 * MAX_TAPS) * 4 + 16, 16);

let designedFor: f64 = 0;
let count: i32 = 0; // samples in `heard`
let whole: i32 = 0; // first sample in `heard` under the filter of the next output
let phase: i32 = 0;
let begun: bool = false;

/** Begins a stream of this rate, Hz. */
export function startResampler(inputRate: f64): void {
  if (inputRate != designedFor && inputRate != <f64>RATE) designFor(inputRate);
  designedFor = inputRate;
  count = 0;
  whole = 0;
  phase = 0;
  begun = false;
}

/** First sample under the filter of the next output. */
@inline
function under(): usize {
  return heard + (whole << 2);
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

/** Four outputs at a time; the last few one by one, each in a lane of the same sum. */
function drainExactly(output: usize): usize {
  while (whole + taps + 3 * (stepWhole + 1) <= count) {
    const x0 = under(), row0 = rowOf(phase);
    advance();
    const x1 = under(), row1 = rowOf(phase);
    advance();
    const x2 = under(), row2 = rowOf(phase);
    advance();
    const x3 = under(), row3 = rowOf(phase);
    advance();
    const four = phases == 1
      ? dotsOfRow(taps, x0, x1, x2, x3, row0)
      : dots(taps, x0, x1, x2, x3, row0, row1, row2, row3);
    v128.store(output, four);
    output += 16;
  }
  while (whole + taps <= count) {
    const x = under(), row = rowOf(phase);
    store<f32>(output, f32x4.extract_lane(dots(taps, x, x, x, x, row, row, row, row), 0));
    advance();
    output += 4;
  }
  return output;
}

/** Each output from the rows before and after its phase. */
function drainBlending(output: usize): usize {
  const one = 1 << blendBits;
  while (whole + taps <= count) {
    const x = under(), row = rowOf(phase), rowAfter = row + (taps << 2);
    const both = dots(taps, x, x, x, x, row, rowAfter, row, rowAfter);
    const before = f32x4.extract_lane(both, 0), after = f32x4.extract_lane(both, 1);
    store<f32>(output, before + <f32>(phase & (one - 1)) / <f32>one * (after - before));
    advance();
    output += 4;
  }
  return output;
}

/** Makes outputs while all the samples under the filter are there; returns how many. */
function drain(output: usize): i32 {
  const end = blendBits ? drainBlending(output) : drainExactly(output);
  return <i32>(end - output) >> 2;
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
  const made = drain(output);
  forget();
  return made;
}

/** The last outputs, when no more sound will come. */
export function endResampler(output: usize): i32 {
  if (!begun || designedFor == <f64>RATE) return 0;
  hold(load<f32>(heard + (count - 1 << 2)), taps / 2);
  return drain(output);
}
