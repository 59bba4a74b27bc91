// In: peaks. Out: the peaks that have fewer than a given number of stronger ones near them in time.
//
// Peaks wait here, ordered by frame and bin, until all others within RANK_FRAMES of them are known. The rank of a peak is the number
// of stronger ones among those; equally strong ones do not count. Unlike a quota per block, a rank has no block boundaries. Unlike a
// threshold, it does not depend on loudness.
import { RANK_FRAMES } from "./params";

/** Maximum number of peaks within RANK_FRAMES. No two share a neighbourhood, so 6 frames hold at most 48, and 45 at most 384. */
const NEAR_CAPACITY: i32 = 384;
/** Capacity of the list: more than that, so that it is seldom compacted. */
const WAITING_CAPACITY: i32 = 4 * NEAR_CAPACITY;
/** Maximum number of peaks that a call emits: those of the frames of a block, or of the 27 frames that wait at the end. */
const PEAK_CAPACITY: i32 = 512;

const frames = memory.data(WAITING_CAPACITY * 4, 16);
const bins = memory.data(WAITING_CAPACITY * 2, 16);
const strengths = memory.data(WAITING_CAPACITY * 2 + 16, 16);
const levels = memory.data(WAITING_CAPACITY * 2, 16);
const frameFractions = memory.data(WAITING_CAPACITY, 16);
const binFractions = memory.data(WAITING_CAPACITY, 16);

/** The emitted peaks, which the host reads. */
export const peakFrames = memory.data(PEAK_CAPACITY * 4, 16);
export const peakBins = memory.data(PEAK_CAPACITY * 2, 16);
export const peakLevels = memory.data(PEAK_CAPACITY * 2, 16);
export const peakRanks = memory.data(PEAK_CAPACITY, 16);
export const peakFrameFractions = memory.data(PEAK_CAPACITY, 16);
export const peakBinFractions = memory.data(PEAK_CAPACITY, 16);
export let peakCount: i32 = 0;

let limit: i32 = 0; // peaks of this rank or more are dropped
let near: i32 = 0; // first waiting peak within RANK_FRAMES of the next one to be ranked
let next: i32 = 0; // next peak to be ranked
let end: i32 = 0;

export function startRanks(maxRank: i32): void {
  limit = maxRank;
  near = next = end = peakCount = 0;
}

/** Drops the emitted peaks after the host has read them. */
export function clearPeaks(): void {
  peakCount = 0;
}

/** Peaks must come ordered by frame, then bin. `strength`: prominence in 1/256 neper. */
export function addPeak(
  frame: i32, bin: i32, strength: i32, level: i32, frameFraction: i32, binFraction: i32,
): void {
  if (end == WAITING_CAPACITY) compact();
  store<u32>(frames + (end << 2), frame);
  store<u16>(bins + (end << 1), <u16>bin);
  store<u16>(strengths + (end << 1), <u16>strength);
  store<u16>(levels + (end << 1), <u16>level);
  store<i8>(frameFractions + end, <i8>frameFraction);
  store<i8>(binFractions + end, <i8>binFraction);
  end++;
}

function compact(): void {
  end -= near;
  next -= near;
  memory.copy(frames, frames + (near << 2), <usize>end << 2);
  memory.copy(bins, bins + (near << 1), <usize>end << 1);
  memory.copy(strengths, strengths + (near << 1), <usize>end << 1);
  memory.copy(levels, levels + (near << 1), <usize>end << 1);
  memory.copy(frameFractions, frameFractions + near, end);
  memory.copy(binFractions, binFractions + near, end);
  near = 0;
}

/** Ranks and emits the peaks of a frame. All peaks up to RANK_FRAMES after it must have been added, and none later. */
export function rankFrame(frame: i32): void {
  while (near < next && <i32>load<u32>(frames + (near << 2)) < frame - RANK_FRAMES) near++;
  // The last vector may reach beyond the end. Zeros there never count as stronger.
  v128.store(strengths + (end << 1), i16x8.splat(0));
  for (; next < end && <i32>load<u32>(frames + (next << 2)) == frame; next++) {
    const rank = countStronger(<i32>load<u16>(strengths + (next << 1)));
    if (rank < limit) emit(rank);
  }
}

/** Strengths are below 64 x 256 = 2^14, so they can be compared as signed. */
function countStronger(strength: i32): i32 {
  const splat = i16x8.splat(<i16>strength);
  let counts = i16x8.splat(0);
  const stop = strengths + (end << 1);
  for (let at = strengths + (near << 1); at < stop; at += 16) {
    counts = i16x8.sub(counts, i16x8.gt_s(v128.load(at), splat));
  }
  const pairs = i32x4.extadd_pairwise_i16x8_s(counts);
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)
    + i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3);
}

function emit(rank: i32): void {
  store<u32>(peakFrames + (peakCount << 2), load<u32>(frames + (next << 2)));
  store<u16>(peakBins + (peakCount << 1), load<u16>(bins + (next << 1)));
  store<u16>(peakLevels + (peakCount << 1), load<u16>(levels + (next << 1)));
  store<u8>(peakRanks + peakCount, <u8>rank);
  store<i8>(peakFrameFractions + peakCount, load<i8>(frameFractions + next));
  store<i8>(peakBinFractions + peakCount, load<i8>(binFractions + next));
  peakCount++;
}
