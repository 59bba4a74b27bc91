// In: sound at any rate. Out: sound at RATE. The host writes a block to `samples`; the output replaces it there.
//
// Output n is the sound at input position n * inputRate / RATE, computed as a sum over the `taps` input samples around
// it: see low-pass.ts. The position is stored as an integer and a phase, so it does not drift. The first sample is repeated before
// the sound, and the last one after it, which avoids clicks.
import { RATE, SAMPLE_LIMIT } from "./params";
import { INPUT_CAPACITY, samples } from "./samples";
import { dotRow, dotRows } from "./dot-products";
import { MAX_TAPS, blendBits, designFor, phases, rowOf, stepPhase, stepWhole, taps } from "./low-pass";

/** Past samples that the filter still needs, followed by the new block. */
const history = memory.data((INPUT_CAPACITY + 2 * MAX_TAPS) * 4 + 16, 16);

let rate: f64 = 0; // Hz; the rate for which the filter was designed
let count: i32 = 0; // samples in `history`
let whole: i32 = 0; // first sample in `history` that the filter covers for the next output
let phase: i32 = 0;
let hasStarted: bool = false;

/** Starts over, with sound of `inputRate` Hz. */
export function startResampler(inputRate: f64): void {
  if (inputRate != rate && inputRate != <f64>RATE) designFor(inputRate);
  rate = inputRate;
  count = 0;
  whole = 0;
  phase = 0;
  hasStarted = false;
}

/** Resamples `length` samples, at most INPUT_CAPACITY; returns the number of outputs. */
export function resample(length: i32): i32 {
  if (length == 0) return 0;
  if (rate == <f64>RATE) {
    copyCleaned(length, samples);
    return length;
  }
  if (!hasStarted) {
    hasStarted = true;
    repeat(f32x4.extract_lane(cleaned(v128.load(samples)), 0), taps / 2 - 1);
  }
  copyCleaned(length, history + (count << 2));
  count += length;
  const made = filter();
  dropUsed();
  return made;
}

/** Writes the last outputs and returns their number. No more sound may follow. */
export function endResampler(): i32 {
  if (!hasStarted || rate == <f64>RATE) return 0;
  repeat(load<f32>(history + (count - 1 << 2)), taps / 2);
  return filter();
}

/** Copies `length` samples from `samples`, and up to three undefined ones more. */
function copyCleaned(length: i32, to: usize): void {
  for (let i = 0; i < length << 2; i += 16) v128.store(to + i, cleaned(v128.load(samples + i)));
}

/** Samples beyond SAMPLE_LIMIT, infinities and NaN become 0. */
@inline
function cleaned(four: v128): v128 {
  return v128.and(four, f32x4.lt(f32x4.abs(four), f32x4.splat(SAMPLE_LIMIT)));
}

function repeat(sample: f32, times: i32): void {
  for (let i = 0; i < times; i++) store<f32>(history + (count++ << 2), sample);
}

/** Makes outputs as long as all samples that the filter covers have arrived. */
function filter(): i32 {
  const end = blendBits ? filterBlending(samples) : filterExactly(samples);
  return <i32>(end - samples) >> 2;
}

/** First sample that the filter covers for the next output. */
@inline
function firstCovered(): usize {
  return history + (whole << 2);
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

/** For filters with a row per phase. Makes four outputs at a time, and the last few one by one. */
function filterExactly(output: usize): usize {
  while (whole + taps + 3 * (stepWhole + 1) <= count) {
    const x0 = firstCovered(), row0 = rowOf(phase);
    advance();
    const x1 = firstCovered(), row1 = rowOf(phase);
    advance();
    const x2 = firstCovered(), row2 = rowOf(phase);
    advance();
    const x3 = firstCovered(), row3 = rowOf(phase);
    advance();
    const four = phases == 1
      ? dotRow(taps, x0, x1, x2, x3, row0)
      : dotRows(taps, x0, x1, x2, x3, row0, row1, row2, row3);
    v128.store(output, four);
    output += 16;
  }
  while (whole + taps <= count) {
    const x = firstCovered(), row = rowOf(phase);
    store<f32>(output, f32x4.extract_lane(dotRows(taps, x, x, x, x, row, row, row, row), 0));
    advance();
    output += 4;
  }
  return output;
}

/** For other filters: interpolates each output between the rows before and after its phase. */
function filterBlending(output: usize): usize {
  const one = 1 << blendBits;
  while (whole + taps <= count) {
    const x = firstCovered(), row = rowOf(phase), rowAfter = row + (taps << 2);
    const both = dotRows(taps, x, x, x, x, row, rowAfter, row, rowAfter);
    const before = f32x4.extract_lane(both, 0), after = f32x4.extract_lane(both, 1);
    store<f32>(output, before + <f32>(phase & (one - 1)) / <f32>one * (after - before));
    advance();
    output += 4;
  }
  return output;
}

/** Drops the samples that the filter no longer needs. */
function dropUsed(): void {
  const used = min(whole, count);
  memory.copy(history, firstCovered(), <usize>(count - used) << 2);
  count -= used;
  whole -= used;
}
