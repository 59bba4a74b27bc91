// In: a clip's field and a track's peaks. Out: the places in the track where the clip fits. A separate module, used by matching.
//
// For each bin and frame of the clip, the field says how strongly the cell suggests a peak. The frames of each bin are stored in
// reverse order. If the clip begins at frame s of the track, a peak of the track at frame f and bin b falls on the clip's frame
// f - s. So the reversed row of bin b is added to the sums of the starts f - length + 1 .. f, sixteen at a time. Sums have 16 bits
// and saturate. The host splits the track into chunks of CHUNK starts and writes the peaks that can fall on the clip as
// frame << 10 | bin, relative to the chunk's first start and the field's first bin.
import { BIN_COUNT } from "./params";

export * from "./sketch";

/** Starts per chunk. */
export const CHUNK: i32 = 16384;
/** Maximum length of a clip in frames. */
export const LONGEST: i32 = 1024;
export const BINS: i32 = BIN_COUNT;
/** Maximum number of peaks of a chunk, and of places found in it. */
export const PEAK_CAPACITY: i32 = 32768;
export const PLACE_CAPACITY: i32 = 2048;
/** Starts with fewer expected peaks than this are ignored. */
const FEWEST_EXPECTED: i32 = 8;

const FRAMES: i32 = CHUNK + 2 * LONGEST;
export const field = memory.data(BINS * LONGEST, 16);
export const peaks = memory.data(PEAK_CAPACITY * 4, 16);
export const placeStarts = memory.data(PLACE_CAPACITY * 4, 16);
export const placeFits = memory.data(PLACE_CAPACITY * 4, 16);
/** The sum of start s is at s + length - 1. */
const sums = memory.data(FRAMES * 2 + 32, 16);
/** Number of peaks in each frame. */
const counts = memory.data(FRAMES, 16);

/** Bytes from one row of the field to the next: frames, rounded up to whole vectors. */
export function strideOf(length: i32): i32 {
  return (length + 15) & ~15;
}

/**
 * Compares `peakCount` peaks with a field of `length` frames at `starts` starts. The fit is the sum times `unit`, divided by the
 * square root of the number of expected peaks. Returns the number of places with a fit of at least `least` that is also better than
 * at the neighbouring starts.
 */
export function scan(peakCount: i32, length: i32, starts: i32, unit: f32, least: f32): i32 {
  memory.fill(sums, 0, (starts + 2 * length) * 2 + 32);
  memory.fill(counts, 0, starts + 2 * length);
  const stride = strideOf(length);
  for (let i = 0; i < peakCount; i++) {
    const peak = load<u32>(peaks + (i << 2));
    const frame = peak >>> 10;
    store<u8>(counts + frame, load<u8>(counts + frame) + 1);
    addRow(field + (peak & 1023) * stride, sums + (frame << 1), stride);
  }
  return pickPlaces(length, starts, unit, least);
}

@inline
function addRow(row: usize, to: usize, stride: i32): void {
  for (let end = row + stride; row < end; row += 16, to += 32) {
    const values = v128.load(row);
    v128.store(to, i16x8.add_sat_s(v128.load(to), i16x8.extend_low_i8x16_s(values)));
    v128.store(to, i16x8.add_sat_s(v128.load(to, 16), i16x8.extend_high_i8x16_s(values)), 16);
  }
}

/** The number of peaks expected at each start s: those of frames s .. s + length - 1. */
function pickPlaces(length: i32, starts: i32, unit: f32, least: f32): i32 {
  let found = 0;
  let expected = 0;
  for (let frame = 0; frame < length - 1; frame++) expected += load<u8>(counts + frame);
  for (let start = 0; start < starts; start++) {
    const at = start + length - 1;
    expected += load<u8>(counts + at);
    if (expected >= FEWEST_EXPECTED) {
      const sum = sumAt(at);
      const fit = <f32>sum * unit / sqrt<f32>(<f32>expected);
      if (fit >= least && sum >= sumAt(at - 1) && sum > sumAt(at + 1) && found < PLACE_CAPACITY) {
        store<i32>(placeStarts + (found << 2), start);
        store<f32>(placeFits + (found << 2), fit);
        found++;
      }
    }
    expected -= load<u8>(counts + start);
  }
  return found;
}

@inline
function sumAt(at: i32): i32 {
  return load<i16>(sums + (at << 1));
}
