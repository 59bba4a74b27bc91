// Peaks -> the peaks that have fewer than a given number of stronger ones near them in time.
//
// Peaks wait here, in the order of frames and bins, until all within RANK_FRAMES of them are known. A peak's rank is
// the number of stronger ones among those; equals do not count. A sliding rank has no block edges and does not know how
// loud or how bright the sound is.
import { RANK_FRAMES } from "./params";

/** No two peaks lie in one neighbourhood, so 6 frames hold at most 48 and RANK_FRAMES to either side at most 384. */
const NEAR_CAPACITY: i32 = 384;
/** Room to go on appending for a while before the list is moved down. */
const WAITING_CAPACITY: i32 = 4 * NEAR_CAPACITY;
/** What one block of sound and its end can finish: 50 frames. */
const PEAK_CAPACITY: i32 = 512;

const frames = memory.data(WAITING_CAPACITY * 4, 16);
const bins = memory.data(WAITING_CAPACITY * 2, 16);
const strengths = memory.data(WAITING_CAPACITY * 2 + 16, 16);
const levels = memory.data(WAITING_CAPACITY * 2, 16);
const frameFractions = memory.data(WAITING_CAPACITY, 16);
const binFractions = memory.data(WAITING_CAPACITY, 16);

/** What the host reads: peaks that are final. */
export const peakFrames = memory.data(PEAK_CAPACITY * 4, 16);
export const peakBins = memory.data(PEAK_CAPACITY * 2, 16);
export const peakLevels = memory.data(PEAK_CAPACITY * 2, 16);
export const peakRanks = memory.data(PEAK_CAPACITY, 16);
export const peakFrameFractions = memory.data(PEAK_CAPACITY, 16);
export const peakBinFractions = memory.data(PEAK_CAPACITY, 16);
export let peakCount: i32 = 0;

let limit: i32 = 0;
let near: i32 = 0; // first peak still near one to be ranked
let next: i32 = 0; // first peak to be ranked
let end: i32 = 0;

export function startRanks(maxRank: i32): void {
  limit = maxRank;
  near = next = end = peakCount = 0;
}

export function clearPeaks(): void {
  peakCount = 0;
}

/** Appends a peak; they come in the order of their frames, then bins. */
export function enlist(
  frame: i32, bin: i32, strength: i32, level: i32, frameFraction: i32, binFraction: i32,
): void {
  if (end == WAITING_CAPACITY) moveDown();
  store<u32>(frames + (end << 2), frame);
  store<u16>(bins + (end << 1), <u16>bin);
  store<u16>(strengths + (end << 1), <u16>strength);
  store<u16>(levels + (end << 1), <u16>level);
  store<i8>(frameFractions + end, <i8>frameFraction);
  store<i8>(binFractions + end, <i8>binFraction);
  end++;
}

function moveDown(): void {
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

/** Hands out a frame's peaks, the last of the enlisted ones being RANK_FRAMES after it. */
export function rankFrame(frame: i32): void {
  while (near < next && <i32>load<u32>(frames + (near << 2)) < frame - RANK_FRAMES) near++;
  // No strength is less than 0, so what follows the last one never counts.
  v128.store(strengths + (end << 1), i16x8.splat(0));
  for (; next < end && <i32>load<u32>(frames + (next << 2)) == frame; next++) {
    const rank = countStronger(<i32>load<u16>(strengths + (next << 1)));
    if (rank < limit) handOut(rank);
  }
}

/** How many of the near peaks are stronger. Strengths stay below 64 x 256 = 2^14, so they compare as signed. */
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

function handOut(rank: i32): void {
  store<u32>(peakFrames + (peakCount << 2), load<u32>(frames + (next << 2)));
  store<u16>(peakBins + (peakCount << 1), load<u16>(bins + (next << 1)));
  store<u16>(peakLevels + (peakCount << 1), load<u16>(levels + (next << 1)));
  store<u8>(peakRanks + peakCount, <u8>rank);
  store<i8>(peakFrameFractions + peakCount, load<i8>(frameFractions + next));
  store<i8>(peakBinFractions + peakCount, load<i8>(binFractions + next));
  peakCount++;
}
