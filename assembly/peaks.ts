// Rows of log power -> peaks.
//
// A row is judged when the NEAR_FRAMES after it are there, and a peak handed out when all within RANK_FRAMES of it are
// judged. Of equals the earliest counts as the greatest, so no order of arrival and no block size changes the outcome.
import { FIRST_BIN, LAST_BIN, NEAR_BINS, NEAR_FRAMES, RANK_FRAMES } from "./params";
import { FLOOR, ROW_BINS, prominence, strengthOf } from "./spectrum";

/** More than the peaks that fit in twice RANK_FRAMES when no two lie in one neighbourhood (48 in each 6 frames). */
const PENDING: i32 = 1024;
/** Likewise for what one block and the end of the sound can finish. */
export const PEAK_CAPACITY: i32 = 1024;
const RING: i32 = 16;

const rows = memory.data(RING * ROW_BINS * 2, 16);
const frames = memory.data(PENDING * 4, 16);
const bins = memory.data(PENDING * 2, 16);
const strengths = memory.data(PENDING * 2, 16);
const frameFractions = memory.data(PENDING, 16);
const binFractions = memory.data(PENDING, 16);

export const peakFrames = memory.data(PEAK_CAPACITY * 4, 16);
export const peakBins = memory.data(PEAK_CAPACITY * 2, 16);
export const peakStrengths = memory.data(PEAK_CAPACITY * 2, 16);
export const peakRanks = memory.data(PEAK_CAPACITY, 16);
export const peakFrameFractions = memory.data(PEAK_CAPACITY, 16);
export const peakBinFractions = memory.data(PEAK_CAPACITY, 16);
export let peakCount: i32 = 0;

let maxRank: i32 = 0;
let rowCount: i32 = 0; // frames so far
let judged: i32 = 0; // frames whose peaks are pending or gone
let ranked: i32 = 0; // frames whose peaks have been handed out or dropped
let first: i32 = 0; // pending peaks: [first, next) not yet ranked, [0, first) ranked but still near
let next: i32 = 0;

export function startPeaks(rank: i32): void {
  maxRank = rank;
  rowCount = judged = ranked = first = next = peakCount = 0;
}

export function clearPeaks(): void {
  peakCount = 0;
}

/** Where the row of the next frame is to be written before `acceptRow`. */
export function nextRow(): usize {
  return rowOf(rowCount);
}

@inline
function rowOf(frame: i32): usize {
  return rows + (frame & (RING - 1)) * ROW_BINS * 2;
}

export function acceptRow(): void {
  rowCount++;
  while (judged + NEAR_FRAMES < rowCount) {
    judge(judged);
    if (judged > ranked + RANK_FRAMES) rank(ranked++);
  }
}

export function endPeaks(): void {
  while (judged < rowCount) {
    judge(judged);
    if (judged > ranked + RANK_FRAMES) rank(ranked++);
  }
  while (ranked < rowCount) rank(ranked++);
}

function isGreatest(frame: i32, bin: i32): bool {
  const value = <i32>load<i16>(rowOf(frame) + (bin << 1));
  if (value == FLOOR) return false;
  for (let f = max(0, frame - NEAR_FRAMES); f <= min(rowCount - 1, frame + NEAR_FRAMES); f++) {
    for (let b = bin - NEAR_BINS; b <= bin + NEAR_BINS; b++) {
      const other = <i32>load<i16>(rowOf(f) + (b << 1));
      const isEarlier = f < frame || (f == frame && b < bin);
      if (other > value || (isEarlier && other == value)) return false;
    }
  }
  return true;
}

/** Offset of a parabola's summit through three values, of which the middle one is the greatest; 1/64. */
function summit(before: i32, middle: i32, after: i32): i32 {
  const bend = 2 * middle - before - after;
  const slope = 32 * (after - before);
  return bend > 0 ? <i32>nearest(<f32>slope / <f32>bend) : 0;
}

function judge(frame: i32): void {
  const row = rowOf(frame);
  for (let bin = FIRST_BIN; bin <= LAST_BIN; bin++) {
    if (!isGreatest(frame, bin)) continue;
    const strength = strengthOf(prominence(row, bin));
    if (strength <= 0) continue;
    const value = <i32>load<i16>(row + (bin << 1));
    const isInner = frame > 0 && frame + 1 < rowCount;
    store<u32>(frames + (next << 2), frame);
    store<u16>(bins + (next << 1), <u16>bin);
    store<u16>(strengths + (next << 1), <u16>strength);
    store<i8>(frameFractions + next, isInner
      ? <i8>summit(load<i16>(rowOf(frame - 1) + (bin << 1)), value, load<i16>(rowOf(frame + 1) + (bin << 1)))
      : 0);
    store<i8>(binFractions + next, <i8>summit(load<i16>(row + (bin - 1 << 1)), value, load<i16>(row + (bin + 1 << 1))));
    next++;
  }
  judged++;
}

/** Hands out the peaks of a frame all of whose neighbours are pending. */
function rank(frame: i32): void {
  let gone = 0;
  while (gone < first && <i32>load<u32>(frames + (gone << 2)) < frame - RANK_FRAMES) gone++;
  if (gone) forget(gone);
  let end = first;
  while (end < next && <i32>load<u32>(frames + (end << 2)) <= frame + RANK_FRAMES) end++;
  for (; first < end && <i32>load<u32>(frames + (first << 2)) == frame; first++) {
    const strength = <i32>load<u16>(strengths + (first << 1));
    let stronger = 0;
    for (let i = 0; i < first; i++) stronger += i32(<i32>load<u16>(strengths + (i << 1)) >= strength);
    for (let i = first + 1; i < end; i++) stronger += i32(<i32>load<u16>(strengths + (i << 1)) > strength);
    if (stronger < maxRank) handOut(first, stronger);
  }
}

function handOut(index: i32, rank: i32): void {
  store<u32>(peakFrames + (peakCount << 2), load<u32>(frames + (index << 2)));
  store<u16>(peakBins + (peakCount << 1), load<u16>(bins + (index << 1)));
  store<u16>(peakStrengths + (peakCount << 1), load<u16>(strengths + (index << 1)));
  store<u8>(peakRanks + peakCount, <u8>rank);
  store<i8>(peakFrameFractions + peakCount, load<i8>(frameFractions + index));
  store<i8>(peakBinFractions + peakCount, load<i8>(binFractions + index));
  peakCount++;
}

/** Moves the pending peaks down over the first `gone`. */
function forget(gone: i32): void {
  next -= gone;
  first -= gone;
  memory.copy(frames, frames + (gone << 2), <usize>next << 2);
  memory.copy(bins, bins + (gone << 1), <usize>next << 1);
  memory.copy(strengths, strengths + (gone << 1), <usize>next << 1);
  memory.copy(frameFractions, frameFractions + gone, next);
  memory.copy(binFractions, binFractions + gone, next);
}
