// Tables for the transform: twiddle factors, Hann's window, and the layout of its working memory.
import { cosine, sine } from "./maths";

/** Largest transform that the buffers have room for. */
const LARGEST: i32 = 2048;
/** Bytes from a real part to its imaginary part. The extra 64 keep the two in different cache sets. */
export const IMAGINARY: i32 = 2 * LARGEST + 64;

/** A spectrum: the real parts of bins 0 .. size / 2, and IMAGINARY bytes further their imaginary parts. */
export const SPECTRUM_BYTES: i32 = 2 * IMAGINARY;
export const BUFFER_BYTES: i32 = 2 * IMAGINARY;
/** Working memory: two buffers of complex numbers, then twiddles for the first pass, the later passes and the join. */
export const WORK_BYTES: i32 = 2 * BUFFER_BYTES + 6 * LARGEST;
export const FIRST_TWIDDLES: i32 = 2 * BUFFER_BYTES;
export const LATER_TWIDDLES: i32 = FIRST_TWIDDLES + 3 * LARGEST;
export const JOIN_TWIDDLES: i32 = LATER_TWIDDLES + LARGEST;

/** Writes the twiddles for transforms of `size` samples into `work`, in the order in which they are read. */
export function makeTwiddles(work: usize, size: i32): void {
  const length = size >> 1;
  for (let p = 0; p < length >> 2; p++) {
    for (let k = 1; k < 4; k++) {
      const at = work + FIRST_TWIDDLES + (p >> 2) * 96 + (k - 1) * 32 + ((p & 3) << 2);
      storeTwiddle(at, at + 16, p * k, length);
    }
  }
  let at = work + LATER_TWIDDLES;
  for (let n = length >> 2; n > 4; n >>= 2) {
    for (let p = 0; p < n >> 2; p++) {
      for (let k = 1; k < 4; k++, at += 8) storeTwiddle(at, at + 4, p * k, n);
    }
  }
  for (let k = 0; k < length >> 1; k++) {
    const at = work + JOIN_TWIDDLES + (k >> 2) * 32 + ((k & 3) << 2);
    storeTwiddle(at, at + 16, k + 1, size);
  }
}

/** exp(-2 pi i numerator / denominator). */
function storeTwiddle(re: usize, im: usize, numerator: i32, denominator: i32): void {
  const turns = <f64>numerator / <f64>denominator;
  store<f32>(re, <f32>cosine(turns));
  store<f32>(im, <f32>-sine(turns));
}

/** Half of Hann's window: the transform needs a factor of 1/2, which costs nothing here. */
export function makeHann(window: usize, size: i32): void {
  for (let n = 0; n < size; n++) {
    store<f32>(window + (n << 2), <f32>(0.25 - 0.25 * cosine(<f64>n / <f64>size)));
  }
}
