// The kernel's door: numbers and one memory. One instance is one stream.
//
// The host writes up to INPUT_CAPACITY samples at `input`, calls `push`, and reads `peakCount` peaks and `mapCount`
// rows of the prominence map before it pushes again.
import { BIN_COUNT, HOP, WINDOW } from "./params";
import { INPUT_CAPACITY, endResampler, input, resample, startResampler } from "./resample";
import { logRow } from "./spectrum";
import { mapRow } from "./prominence";
import { acceptRow, endPeaks, nextRow, startPeaks } from "./peaks";
import { clearPeaks } from "./ranks";

export { BIN_COUNT, FIRST_BIN, FORMAT, HOP, MAP_STEP, MAP_ZERO, PRINT_RANK, RATE, WINDOW } from "./params";
export { INPUT_CAPACITY, input } from "./resample";
export {
  peakBinFractions, peakBins, peakCount, peakFrameFractions, peakFrames, peakLevels, peakRanks,
} from "./ranks";

/** Samples at the kernel's rate: up to a window left over, and what one block at 8 kHz can yield. */
const SAMPLE_CAPACITY: i32 = WINDOW + 2 * INPUT_CAPACITY;
const samples = memory.data(SAMPLE_CAPACITY * 4 + 16, 16);
let sampleCount: i32 = 0;
let skip: i32 = 0;
let wantsMap: bool = false;

const MAP_CAPACITY: i32 = 2 * INPUT_CAPACITY / HOP;
export const map = memory.data(MAP_CAPACITY * BIN_COUNT + 16, 16);
export let mapCount: i32 = 0;

/**
 * Begins a stream, whatever went before. Its first frame begins `shift` samples (of the kernel's rate) into the sound.
 */
export function begin(inputRate: f64, maxRank: i32, shift: i32, mapped: bool): void {
  startResampler(inputRate);
  startPeaks(maxRank);
  sampleCount = 0;
  mapCount = 0;
  skip = shift;
  wantsMap = mapped;
}

export function push(length: i32): void {
  clearPeaks();
  mapCount = 0;
  accept(resample(length, samples + (sampleCount << 2)));
}

/** The end of the sound: what was waiting for more is finished. */
export function finish(): void {
  clearPeaks();
  mapCount = 0;
  accept(endResampler(samples + (sampleCount << 2)));
  endPeaks();
}

function accept(made: i32): void {
  sampleCount += made;
  let start = 0;
  if (skip) {
    start = min(skip, sampleCount);
    skip -= start;
  }
  for (; start + WINDOW <= sampleCount; start += HOP) {
    const row = nextRow();
    const floor = logRow(samples + (start << 2), row);
    if (wantsMap) mapRow(row, map + mapCount++ * BIN_COUNT);
    acceptRow(floor);
  }
  if (start) {
    sampleCount -= start;
    memory.copy(samples, samples + (start << 2), <usize>sampleCount << 2);
  }
}
