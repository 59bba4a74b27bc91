// Sketches of tracks and a clip -> how well the clip fits each track, roughly and fast. Part of the scan module.
//
// A sketch keeps the eight loudest peaks of each block of 44 frames, one u16 a peak: cell << 10 | row, where a cell is 4
// frames of the block (0..10) and a row is the peak's bin less FIRST_BIN, plus 1. Unused slots are 0; row 0 of every
// table must therefore be 0.
//
// Two passes read it. `fitCells` adds a row of the clip, pooled in time and reversed, to the sums of all starts at which
// the peak falls into the clip, as `scan` does for prints. `fitTones` ignores the moment: a table says how well each
// bin's tone agrees with the clip at 32 pitches, and the pass adds these numbers up over a window of the clip's length.
import { BIN_COUNT } from "./params";

/** Most blocks in one call, 24 of overlap between pieces of a long track included. */
export const BLOCK_CAPACITY: i32 = 1048;
export const BLOCK_FRAMES: i32 = 44;
export const CELL_FRAMES: i32 = 4;
export const SLOTS: i32 = 8;
const CELLS: i32 = BLOCK_FRAMES / CELL_FRAMES;
/** Columns of the pooled clip, and pitches. */
export const COLUMNS: i32 = 32;
export const ROWS: i32 = BIN_COUNT + 1;

export const blocks = memory.data(BLOCK_CAPACITY * SLOTS * 2, 16);
/**
 * ROWS rows of signed bytes: the pooled clip, each row last column first. Before each row, and after the last one, are PAD zeros, so
 * that a row can be read as if it began up to PAD columns later.
 */
export const PAD: i32 = 16;
export const ROW_BYTES: i32 = PAD + COLUMNS;
export const cellTable = memory.data(ROWS * ROW_BYTES + PAD, 16);
/** ROWS x COLUMNS signed bytes: the tones at each pitch. */
export const toneTable = memory.data(ROWS * COLUMNS, 16);
/** The sum of start s is at s + COLUMNS - 1. */
const sums = memory.data((BLOCK_CAPACITY * CELLS + 2 * COLUMNS) * 2, 16);
/** Of each block, the 32 sums of its peaks' tones. */
const blockTones = memory.data(BLOCK_CAPACITY * COLUMNS * 2, 16);
/** Results: the greatest sum of each pitch, and where `fitCells` found its own. */
export const pitchSums = memory.data(COLUMNS * 2, 16);
export let bestStart: i32 = 0;
let columnCount: i32 = 0;

/** Greatest sum over all starts, in columns of CELL_FRAMES << shift frames; `bestStart` is the column where the clip begins. */
export function fitCells(blockCount: i32, shift: i32): i32 {
  const columns = ((blockCount * CELLS) >> shift) + 1 + COLUMNS;
  // One vector more, because `pickBest` reads whole vectors.
  memory.fill(sums, 0, (columns << 1) + 16);
  for (let block = 0; block < blockCount; block++) {
    const first = (block * CELLS) >> shift;
    addBlock(block, (block * CELLS) - (first << shift), shift, sums + (first << 1));
  }
  columnCount = columns;
  return pickBest();
}

/** After `fitCells`: the greatest sum at a start `apart` columns or more from the best one, which then counts as the best. */
export function fitElsewhere(apart: i32): i32 {
  const best = bestStart + COLUMNS - 1;
  const end = min(columnCount, best + apart);
  for (let column = max(0, best - apart + 1); column < end; column++) store<i16>(sums + (column << 1), -32768);
  return pickBest();
}

/**
 * Adds the rows of a block's peaks. They are summed in registers first: rows that begin at different columns would otherwise wait for
 * each other's stores. `rest`: cells by which the block begins after its first column.
 */
@inline
function addBlock(block: i32, rest: i32, shift: i32, to: usize): void {
  const from = blocks + ((block * SLOTS) << 1);
  let sum0 = i16x8.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0;
  for (let slot = 0; slot < SLOTS; slot++) {
    const peak = <u32>load<u16>(from + (slot << 1));
    const row = cellTable + PAD + (peak & 1023) * ROW_BYTES - ((rest + (peak >>> 10)) >> shift);
    sum0 = i16x8.add(sum0, v128.load_ext<i8>(row)), sum1 = i16x8.add(sum1, v128.load_ext<i8>(row, 8));
    sum2 = i16x8.add(sum2, v128.load_ext<i8>(row, 16)), sum3 = i16x8.add(sum3, v128.load_ext<i8>(row, 24));
    sum4 = i16x8.add(sum4, v128.load_ext<i8>(row, 32)), sum5 = i16x8.add(sum5, v128.load_ext<i8>(row, 40));
  }
  v128.store(to, i16x8.add(v128.load(to), sum0)), v128.store(to, i16x8.add(v128.load(to, 16), sum1), 16);
  v128.store(to, i16x8.add(v128.load(to, 32), sum2), 32), v128.store(to, i16x8.add(v128.load(to, 48), sum3), 48);
  v128.store(to, i16x8.add(v128.load(to, 64), sum4), 64), v128.store(to, i16x8.add(v128.load(to, 80), sum5), 80);
}

function pickBest(): i32 {
  let most = i16x8.splat(-32768);
  const end = sums + (columnCount << 1);
  // The last vector may reach beyond the end, where there are zeros.
  for (let at = sums; at < end; at += 16) most = i16x8.max_s(most, v128.load(at));
  most = i16x8.max_s(most, v128.shuffle<i16>(most, most, 4, 5, 6, 7, 0, 1, 2, 3));
  most = i16x8.max_s(most, v128.shuffle<i16>(most, most, 2, 3, 0, 1, 6, 7, 4, 5));
  most = i16x8.max_s(most, v128.shuffle<i16>(most, most, 1, 0, 3, 2, 5, 4, 7, 6));
  let at = sums;
  while (!v128.any_true(i16x8.eq(v128.load(at), most))) at += 16;
  const best = <i32>i16x8.extract_lane_s(most, 0);
  while (load<i16>(at) != <i16>best) at += 2;
  bestStart = <i32>((at - sums) >> 1) - (COLUMNS - 1);
  return best;
}

/** Fills `pitchSums`: for each pitch the greatest sum over any `span` blocks in a row. */
export function fitTones(blockCount: i32, span: i32): void {
  let sum0 = i16x8.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  let most0 = i16x8.splat(-32768), most1 = most0, most2 = most0, most3 = most0;
  for (let block = 0; block < blockCount; block++) {
    const from = blocks + ((block * SLOTS) << 1);
    let low = i8x16.splat(0), high = low;
    for (let slot = 0; slot < SLOTS; slot++) {
      const row = toneTable + (<u32>load<u16>(from + (slot << 1)) & 1023) * COLUMNS;
      low = i8x16.add(low, v128.load(row));
      high = i8x16.add(high, v128.load(row, 16));
    }
    const own = blockTones + ((block * COLUMNS) << 1);
    const own0 = i16x8.extend_low_i8x16_s(low), own1 = i16x8.extend_high_i8x16_s(low);
    const own2 = i16x8.extend_low_i8x16_s(high), own3 = i16x8.extend_high_i8x16_s(high);
    v128.store(own, own0), v128.store(own, own1, 16), v128.store(own, own2, 32), v128.store(own, own3, 48);
    sum0 = i16x8.add(sum0, own0), sum1 = i16x8.add(sum1, own1);
    sum2 = i16x8.add(sum2, own2), sum3 = i16x8.add(sum3, own3);
    if (block >= span) {
      const old = own - ((span * COLUMNS) << 1);
      sum0 = i16x8.sub(sum0, v128.load(old)), sum1 = i16x8.sub(sum1, v128.load(old, 16));
      sum2 = i16x8.sub(sum2, v128.load(old, 32)), sum3 = i16x8.sub(sum3, v128.load(old, 48));
    }
    most0 = i16x8.max_s(most0, sum0), most1 = i16x8.max_s(most1, sum1);
    most2 = i16x8.max_s(most2, sum2), most3 = i16x8.max_s(most3, sum3);
  }
  v128.store(pitchSums, most0), v128.store(pitchSums, most1, 16);
  v128.store(pitchSums, most2, 32), v128.store(pitchSums, most3, 48);
}
