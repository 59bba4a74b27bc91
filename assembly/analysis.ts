// In: samples at RATE. Out: peaks and, if requested, rows of the prominence map. Splits the samples into frames and sends each
// through the stages.
//
// Windows overlap, so up to a window of samples is carried over from one block to the next. A frame is analysed as soon as all its
// samples have arrived, so the block size does not affect the result.
import { BIN_COUNT, HOP, WINDOW } from "./params";
import { SAMPLE_CAPACITY, samples } from "./samples";
import { logRow } from "./spectrum";
import { mapRow } from "./prominence";
import { addRow, endPeaks, nextRow, startPeaks } from "./peaks";
import { clearPeaks } from "./ranks";

/** Samples that later frames still need, followed by the new block. */
const history = memory.data((WINDOW + SAMPLE_CAPACITY) * 4, 16);
let count: i32 = 0;
/** How many more samples to drop before the first frame. */
let skip: i32 = 0;

const MAP_CAPACITY: i32 = SAMPLE_CAPACITY / HOP + 1;
/** Rows of BIN_COUNT bytes made by the last call; `mapRow` may write three bytes more. */
export const map = memory.data(MAP_CAPACITY * BIN_COUNT + 16, 16);
export let mapCount: i32 = 0;
let wantsMap: bool = false;

/** Starts over. The first frame begins `shift` samples into the sound; peaks of rank `maxRank` or more are dropped. */
export function startAnalysis(maxRank: i32, shift: i32, withMap: bool): void {
  startPeaks(maxRank);
  count = 0;
  mapCount = 0;
  skip = shift;
  wantsMap = withMap;
}

/** Takes `length` samples from `samples`. */
export function analyse(length: i32): void {
  clearPeaks();
  mapCount = 0;
  memory.copy(history + (count << 2), samples, <usize>length << 2);
  count += length;
  let start = min(skip, count);
  skip -= start;
  for (; start + WINDOW <= count; start += HOP) analyseFrame(history + (start << 2));
  if (start) {
    count -= start;
    memory.copy(history, history + (start << 2), <usize>count << 2);
  }
}

/** The stages that every frame passes through. */
function analyseFrame(frame: usize): void {
  const row = nextRow();
  const floor = logRow(frame, row);
  if (wantsMap) mapRow(row, map + mapCount++ * BIN_COUNT);
  addRow(floor);
}

/** Call after the last sample: emits the peaks that were waiting for later frames. */
export function endAnalysis(): void {
  clearPeaks();
  mapCount = 0;
  endPeaks();
}
