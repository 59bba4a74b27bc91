// Sketches of tracks and a clip -> how well the clip fits each track, roughly and fast. Part of the scan module.
//
// A sketch keeps the eight loudest peaks of each block of 44 frames, one u16 a peak: cell << 10 | row, where a cell is 4
// frames of the block (0..10) and a row is the peak's bin less FIRST_BIN, plus 1. Unused slots are 0; row 0 of every
// table must therefore be 0.
//
// Two passes read it. `fitCells` adds a row of the clip, pooled in time and reversed, to the sums of all starts at which
// the peak falls into the clip, as `scan` does for prints. `fitTones` ignores the moment: a table says how well each
// bin's tone agrees with the clip at 32 pitches, and the pass adds these numbers up over a window of the clip's length.
import { BIN_COUNT, FIRST_BIN } from "./params";

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
const VECTOR: i32 = 16;
/** The pooled clip: of each bin COLUMNS signed bytes, the last column first, after those that are not used. */
export const pooledRows = memory.data(BIN_COUNT * COLUMNS, 16);
/**
 * The pooled clip as `fitCells` reads it: ROWS rows of signed bytes. The columns are at the end of a row, the last one first, after
 * zeros; more zeros follow the last row. A peak in a later cell adds its row from some zeros earlier on, which moves the columns.
 */
const MOST_ROW_BYTES: i32 = COLUMNS + VECTOR;
const cellTable = memory.data(ROWS * MOST_ROW_BYTES + VECTOR, 16);
/** ROWS x COLUMNS signed bytes: the tones at each pitch. */
export const toneTable = memory.data(ROWS * COLUMNS, 16);
/** The sum of start s is at s + COLUMNS - 1. */
const sums = memory.data((BLOCK_CAPACITY * CELLS + 2 * COLUMNS) * 2, 16);
/** Of each block, the 32 sums of its peaks' tones. */
const blockTones = memory.data(BLOCK_CAPACITY * COLUMNS * 2, 16);
/** Result of `fitTones`: the greatest sum of each pitch. `dropLows` reads a vector that reaches beyond the last one, so there is room for it. */
export const pitchSums = memory.data((COLUMNS + 8) * 2, 16);
/** -1 for each pitch of which both the pitch a step lower and the one a step higher are compared, else 0. */
export const isBetween = memory.data(COLUMNS * 2, 16);
/** Stands for the sum of a pitch if both its neighbours have greater sums. */
const NONE: i16 = -32768;
/** Result of `fitCells`: the column where the clip begins. */
export let bestStart: i32 = 0;
let columnCount: i32 = 0;

/** Columns that the pooled clip has, each of CELL_FRAMES << columnShift frames. */
let usedColumns: i32 = 0;
let columnShift: i32 = 0;
let rowBytes: i32 = 0;

/**
 * Fills the cell table: bin b of a track is compared with the clip's bin b * `pitch`. Rows are as short as these columns allow, because
 * fewer bytes are read faster. The host writes `pooledRows` before it calls this.
 */
export function aim(pitch: f64, columns: i32, shift: i32): void {
  usedColumns = columns;
  columnShift = shift;
  const mostLater = (CELLS - 1 + (1 << shift) - 1) >> shift;
  rowBytes = columns + mostLater > COLUMNS ? MOST_ROW_BYTES : COLUMNS;
  memory.fill(cellTable, 0, ROWS * rowBytes + VECTOR);
  for (let row = 0; row < BIN_COUNT; row++) {
    const clipRow = <i32>floor(<f64>(FIRST_BIN + row) * pitch + 0.5) - FIRST_BIN;
    if (clipRow < 0 || clipRow >= BIN_COUNT) continue;
    const from = pooledRows + clipRow * COLUMNS;
    const to = cellTable + (row + 2) * rowBytes - COLUMNS;
    v128.store(to, v128.load(from)), v128.store(to, v128.load(from, 16), 16);
  }
}

/** Greatest sum over all starts, in columns; `bestStart` is the column where the clip begins. */
export function fitCells(blockCount: i32): i32 {
  const shift = columnShift;
  const columns = ((blockCount * CELLS) >> shift) + 1 + COLUMNS;
  // One vector more, because `pickBest` reads whole vectors.
  memory.fill(sums, 0, (columns << 1) + 16);
  if (rowBytes > COLUMNS) addBlocks(blockCount, MOST_ROW_BYTES, shift);
  else addBlocks(blockCount, COLUMNS, shift);
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
 * Adds the rows of all peaks. Those of a block are summed in registers first: rows that begin at different columns would otherwise
 * wait for each other's stores. Eight cells seldom exceed a signed byte; where they do, the sum is cut off.
 */
@inline
function addBlocks(blockCount: i32, bytes: i32, shift: i32): void {
  const begin = cellTable + bytes - usedColumns;
  const unused = sums + ((COLUMNS - usedColumns) << 1);
  for (let block = 0, from = blocks; block < blockCount; block++) {
    const first = (block * CELLS) >> shift;
    // Cells by which the block begins after its first column.
    const rest = block * CELLS - (first << shift);
    let sum0 = i8x16.splat(0), sum1 = sum0, sum2 = sum0;
    for (const end = from + (SLOTS << 1); from < end; from += 2) {
      const peak = <u32>load<u16>(from);
      const row = begin + (peak & 1023) * bytes - ((rest + (peak >>> 10)) >> shift);
      sum0 = i8x16.add_sat_s(sum0, v128.load(row));
      sum1 = i8x16.add_sat_s(sum1, v128.load(row, 16));
      if (bytes > COLUMNS) sum2 = i8x16.add_sat_s(sum2, v128.load(row, 32));
    }
    const to = unused + (first << 1);
    addWide(sum0, to), addWide(sum1, to + 32);
    if (bytes > COLUMNS) addWide(sum2, to + 64);
  }
}

/** Adds sixteen signed bytes to as many sums. */
@inline
function addWide(bytes: v128, to: usize): void {
  v128.store(to, i16x8.add(v128.load(to), i16x8.extend_low_i8x16_s(bytes)));
  v128.store(to, i16x8.add(v128.load(to, 16), i16x8.extend_high_i8x16_s(bytes)), 16);
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

/**
 * Compares a piece of a track. Fills `pitchSums`: for each pitch the greatest sum over any `span` successive blocks of this piece and of
 * those before it. After the last piece, `dropLows` is applied.
 */
export function fitTones(blockCount: i32, span: i32, isFirst: bool, isLast: bool): void {
  if (isFirst) for (let at = pitchSums; at < pitchSums + (COLUMNS << 1); at += 16) v128.store(at, i16x8.splat(NONE));
  let sum0 = i16x8.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  let most0 = v128.load(pitchSums), most1 = v128.load(pitchSums, 16);
  let most2 = v128.load(pitchSums, 32), most3 = v128.load(pitchSums, 48);
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
  if (isLast) dropLows();
}

/** Replaces the sums of pitches by NONE if both neighbours have greater sums. */
function dropLows(): void {
  let before = i16x8.splat(NONE);
  for (let at = pitchSums, mask = isBetween; at < pitchSums + (COLUMNS << 1); at += 16, mask += 16) {
    const own = v128.load(at);
    const left = v128.shuffle<i16>(before, own, 7, 8, 9, 10, 11, 12, 13, 14);
    const isLow = v128.and(v128.and(i16x8.lt_s(own, left), i16x8.lt_s(own, v128.load(at, 2))), v128.load(mask));
    v128.store(at, v128.bitselect(i16x8.splat(NONE), own, isLow));
    before = own;
  }
}
