// Each stage of the kernel by itself, for tests and benchmarks; the app does not carry this module.
import { SPECTRUM_BYTES, WORK_BYTES, makeFactors, makeHann } from "./factors";
import { transform } from "./fft";
import { BIN_COUNT, WINDOW } from "./params";
import { END_VECTOR, FIRST_VECTOR, ROW_BINS, logRow } from "./spectrum";
import { mapRow, prominence } from "./prominence";
import { slideMaxima } from "./maxima";

export { IMAGINARY } from "./factors";
export { ROW_BINS } from "./spectrum";
export { INPUT_CAPACITY, endResampler, input, resample, startResampler } from "./resample";
export { acceptRow, nextRow, startPeaks } from "./peaks";
export { clearPeaks } from "./ranks";

const SAMPLE_CAPACITY: i32 = 16384;
export const samples = memory.data(SAMPLE_CAPACITY * 4, 16);
export const spectrum = memory.data(SPECTRUM_BYTES, 16);
export const row = memory.data(ROW_BINS * 2, 16);
export const maxima = memory.data(ROW_BINS * 2, 16);
export const map = memory.data(BIN_COUNT + 16, 16);
const window = memory.data(WINDOW * 4, 16);
const work = memory.data(WORK_BYTES, 16);

/** Makes ready for `transformSamples` of this size, 1024 or 2048, under Hann's window or none. */
export function prepareTransform(size: i32, hann: bool): void {
  makeFactors(work, size);
  if (hann) makeHann(window, size);
  else for (let n = 0; n < size; n++) store<f32>(window + (n << 2), 0.5);
}

/** `samples` -> `spectrum`. */
export function transformSamples(size: i32): void {
  transform(size, samples, window, spectrum, work);
}

/** `samples` -> `row`; its floor. */
export function makeRow(): i32 {
  return logRow(samples, row);
}

/** `row` -> `maxima`, for the bins where peaks may lie and what shares their vectors. */
export function makeMaxima(): void {
  slideMaxima(row, FIRST_VECTOR, END_VECTOR, maxima);
}

/** `row` -> `map`. */
export function makeMap(): void {
  mapRow(row, map);
}

export function prominenceOf(bin: i32): i32 {
  return prominence(row, bin);
}
