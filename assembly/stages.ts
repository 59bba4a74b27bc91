// Each stage of the kernel by itself, for tests and benchmarks; the app does not carry this module.
import { IMAGINARY, SPECTRUM_BYTES, WORK_BYTES, makeFactors, makeHann, transform } from "./fft";

export { IMAGINARY } from "./fft";

const LARGEST: i32 = 2048;
export const samples = memory.data(LARGEST * 4, 16);
export const spectrum = memory.data(SPECTRUM_BYTES, 16);
const window = memory.data(LARGEST * 4, 16);
const work = memory.data(WORK_BYTES, 16);

/** Makes ready for `transformed` of this size, under Hann's window or none. */
export function prepareTransform(size: i32, hann: bool): void {
  makeFactors(work, size);
  if (hann) makeHann(window, size);
  else for (let n = 0; n < size; n++) store<f32>(window + (n << 2), 0.5);
}

export function transformed(size: i32): void {
  transform(size, samples, window, spectrum, work);
}
