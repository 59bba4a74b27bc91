// Rows of log power -> the peaks among them.
//
// A row is judged when the NEAR_FRAMES after it are there. A peak is greater than all before it in its neighbourhood
// and no less than all after it: of equals the earliest counts, so neither block size nor machine changes the outcome.
// Each row's maxima along its bins are made once; a value that equals its own row's maximum (some two dozen a frame do) is
// compared with the same bin's maxima of the rows about it, and that is the whole neighbourhood.
import { FIRST_BIN, LAST_BIN, NEAR_BINS, NEAR_FRAMES, RANK_FRAMES } from "./params";
import { END_VECTOR, FIRST_VECTOR, ROW_BINS, levelOf } from "./spectrum";
import { prominence, strengthOf } from "./prominence";
import { slideMaxima } from "./maxima";
import { enlist, rankFrame, startRanks } from "./ranks";

/** Rows kept: more than the 2 x NEAR_FRAMES + 1 that are needed, a power of 2. */
const RING: i32 = 16;
const ROW_BYTES: i32 = 2 * ROW_BINS;

/** Each row is followed by its maxima. */
const rows = memory.data(RING * 2 * ROW_BYTES, 16);
const floors = memory.data(RING * 4, 16);

let rowCount: i32 = 0; // frames so far
let judged: i32 = 0; // frames whose peaks are known
let ranked: i32 = 0; // frames whose peaks have been handed out

export function startPeaks(maxRank: i32): void {
  rowCount = judged = ranked = 0;
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

/** Where the next frame's row is to be written before `acceptRow`. */
export function nextRow(): usize {
  return rowOf(rowCount);
}

export function acceptRow(floor: i32): void {
  slideMaxima(rowOf(rowCount), FIRST_VECTOR, END_VECTOR, maximaOf(rowCount));
  store<i32>(floorOf(rowCount), floor);
  rowCount++;
  if (judged + NEAR_FRAMES < rowCount) judge();
}

/** No more rows will come: judges and ranks the last ones by what is there. */
export function endPeaks(): void {
  while (judged < rowCount) judge();
  while (ranked < rowCount) rankFrame(ranked++);
}

function judge(): void {
  const frame = judged++;
  const row = rowOf(frame), maxima = maximaOf(frame);
  for (let at = FIRST_VECTOR; at < END_VECTOR; at += 16) {
    const values = v128.load(row + at);
    const candidates = i16x8.eq(values, v128.load(maxima + at));
    if (!v128.any_true(candidates)) continue;
    let mask = i16x8.bitmask(v128.and(candidates, greatestInTime(frame, at, values)));
    for (; mask; mask &= mask - 1) weigh(frame, (at >> 1) + ctz(mask));
  }
  if (judged > ranked + RANK_FRAMES) rankFrame(ranked++);
}

/** Which of a vector of values are greatest among the same bins' neighbourhoods in the frames about theirs. */
function greatestInTime(frame: i32, at: i32, values: v128): v128 {
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

/** Enlists a greatest value as a peak if it is above the floor, first of its equals, and prominent. */
function weigh(frame: i32, bin: i32): void {
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
  enlist(frame, bin, strength, levelOf(value), frameFraction, binFraction);
}

/** Offset of a parabola's summit through three values, of which the middle one is the greatest; 1/64. */
function summit(before: i32, middle: i32, after: i32): i32 {
  const bend = 2 * middle - before - after;
  const slope = 32 * (after - before);
  return bend > 0 ? <i32>nearest(<f32>slope / <f32>bend) : 0;
}
