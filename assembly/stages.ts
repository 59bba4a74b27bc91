// Each stage of the kernel alone, for tests and benchmarks. The app does not ship this module.
import { SPECTRUM_BYTES, WORK_BYTES, makeHann, makeTwiddles } from "./twiddles";
import { transform } from "./fft";
import { BIN_COUNT, WINDOW } from "./params";
import { END_VECTOR, FIRST_VECTOR, ROW_BINS, logRow } from "./spectrum";
import { mapRow, prominence } from "./prominence";
import { slidingMaxima } from "./maxima";

export { IMAGINARY } from "./twiddles";
export { ROW_BINS } from "./spectrum";
export { INPUT_CAPACITY, SAMPLE_CAPACITY, samples } from "./samples";
export { endResampler, resample, startResampler } from "./resample";
export { addRow, nextRow, startPeaks } from "./peaks";
export { clearPeaks } from "./ranks";

/** A window of samples, and the output of each stage for it. */
export const frame = memory.data(WINDOW * 4, 16);
export const spectrum = memory.data(SPECTRUM_BYTES, 16);
export const row = memory.data(ROW_BINS * 2, 16);
export const maxima = memory.data(ROW_BINS * 2, 16);
export const map = memory.data(BIN_COUNT + 16, 16);
const window = memory.data(WINDOW * 4, 16);
const work = memory.data(WORK_BYTES, 16);

/** Must be called before `transformFrame` with this size, 1024 or 2048; with Hann's window or none. */
export function prepareTransform(size: i32, hann: bool): void {
  makeTwiddles(work, size);
  if (hann) makeHann(window, size);
  else for (let n = 0; n < size; n++) store<f32>(window + (n << 2), 0.5);
}

/** `frame` -> `spectrum`. */
export function transformFrame(size: i32): void {
  transform(size, frame, window, spectrum, work);
}

/** `frame` -> `row`; returns its floor. */
export function makeRow(): i32 {
  return logRow(frame, row);
}

/** `row` -> `maxima`, for the bins in which peaks are sought and the rest of their vectors. */
export function makeMaxima(): void {
  slidingMaxima(row, FIRST_VECTOR, END_VECTOR, maxima);
}

/** `row` -> `map`. */
export function makeMap(): void {
  mapRow(row, map);
}

export function prominenceOf(bin: i32): i32 {
  return prominence(row, bin);
}
