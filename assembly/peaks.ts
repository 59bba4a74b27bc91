// In: rows of log power. Out: peaks, which are the greatest values in a neighbourhood of frames and bins.
//
// A row is searched when the NEAR_FRAMES rows after it have arrived. A peak is greater than everything before it in its
// neighbourhood and not less than anything after it, so the earliest of equal values wins. The sliding maxima of each row are
// computed once. A value that equals the maximum of its own row (about two dozen per frame do) is compared with the same bin's
// maxima in the rows around it, which covers the whole neighbourhood.
import { FIRST_BIN, LAST_BIN, NEAR_BINS, NEAR_FRAMES, RANK_FRAMES } from "./params";
import { END_VECTOR, FIRST_VECTOR, ROW_BINS, levelOf } from "./spectrum";
import { prominence, strengthOf } from "./prominence";
import { slidingMaxima } from "./maxima";
import { addPeak, rankFrame, startRanks } from "./ranks";

/** Rows kept: a power of 2, and more than the 2 x NEAR_FRAMES + 1 needed. */
const RING: i32 = 16;
const ROW_BYTES: i32 = 2 * ROW_BINS;

/** A ring of rows, each followed by its sliding maxima. */
const rows = memory.data(RING * 2 * ROW_BYTES, 16);
const floors = memory.data(RING * 4, 16);

let rowCount: i32 = 0; // frames so far
let searched: i32 = 0; // frames that have been searched
let ranked: i32 = 0; // frames whose peaks have been emitted

export function startPeaks(maxRank: i32): void {
  rowCount = searched = ranked = 0;
  startRanks(maxRank);
}

@inline
function rowOf(frame: i32): usize {
  return rows + (frame & (RING - 1)) * (2 * ROW_BYTES);
}

@inline
function maximaOf(frame: i32): usize {
  return rowOf(frame) + ROW_BYTES;
}

@inline
function floorOf(frame: i32): usize {
  return floors + ((frame & (RING - 1)) << 2);
}

/** The address to write the next row to, before calling `addRow`. */
export function nextRow(): usize {
  return rowOf(rowCount);
}

/** Takes the row at `nextRow()`, in which lower values have been raised to `floor`. */
export function addRow(floor: i32): void {
  slidingMaxima(rowOf(rowCount), FIRST_VECTOR, END_VECTOR, maximaOf(rowCount));
  store<i32>(floorOf(rowCount), floor);
  rowCount++;
  if (searched + NEAR_FRAMES < rowCount) searchRow();
}

/** Call after the last row: searches and ranks the frames that were waiting for later ones. */
export function endPeaks(): void {
  while (searched < rowCount) searchRow();
  while (ranked < rowCount) rankFrame(ranked++);
}

function searchRow(): void {
  const frame = searched++;
  const row = rowOf(frame), maxima = maximaOf(frame);
  for (let at = FIRST_VECTOR; at < END_VECTOR; at += 16) {
    const values = v128.load(row + at);
    const candidates = i16x8.eq(values, v128.load(maxima + at));
    if (!v128.any_true(candidates)) continue;
    let mask = i16x8.bitmask(v128.and(candidates, greatestOverTime(frame, at, values)));
    for (; mask; mask &= mask - 1) tryPeak(frame, (at >> 1) + ctz(mask));
  }
  if (searched > ranked + RANK_FRAMES) rankFrame(ranked++);
}

/** Marks the lanes of `values` that are not exceeded by the sliding maxima of the same bins in the frames around. */
function greatestOverTime(frame: i32, at: i32, values: v128): v128 {
  let yes = i16x8.splat(-1);
  for (let f = max(0, frame - NEAR_FRAMES); f < frame; f++) {
    yes = v128.and(yes, i16x8.gt_s(values, v128.load(maximaOf(f) + at)));
  }
  const last = min(rowCount - 1, frame + NEAR_FRAMES);
  for (let f = frame + 1; f <= last; f++) {
    yes = v128.and(yes, i16x8.ge_s(values, v128.load(maximaOf(f) + at)));
  }
  return yes;
}

/** Adds a maximum as a peak if it is above the floor, the first of equal values in its row, and prominent. */
function tryPeak(frame: i32, bin: i32): void {
  if (bin < FIRST_BIN || bin > LAST_BIN) return;
  const row = rowOf(frame), at = row + (bin << 1);
  const value = <i32>load<i16>(at);
  if (value == load<i32>(floorOf(frame))) return;
  const splat = i16x8.splat(<i16>value), before = at - (NEAR_BINS << 1);
  const equals = v128.or(i16x8.eq(v128.load(before), splat), i16x8.eq(v128.load(before, 16), splat));
  if (v128.any_true(equals)) return;
  const strength = strengthOf(prominence(row, bin));
  if (strength <= 0) return;
  const isInner = frame > 0 && frame + 1 < rowCount;
  const frameFraction = isInner
    ? summit(load<i16>(rowOf(frame - 1) + (bin << 1)), value, load<i16>(rowOf(frame + 1) + (bin << 1)))
    : 0;
  const binFraction = summit(load<i16>(at - 2), value, load<i16>(at + 2));
  addPeak(frame, bin, strength, levelOf(value), frameFraction, binFraction);
}

/** Maximum of the parabola through three neighbouring values: offset from the middle one, in 1/64. */
function summit(before: i32, middle: i32, after: i32): i32 {
  const curvature = 2 * middle - before - after;
  const slope = 32 * (after - before);
  return curvature > 0 ? <i32>nearest(<f32>slope / <f32>curvature) : 0;
}
