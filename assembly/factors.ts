// The tables of the transform, and where everything lies in its memory.
import { cosine, sine } from "./maths";

/** Largest size; the buffers are laid out for it. */
const LARGEST: i32 = 2048;
/** From a real part to its imaginary part, bytes. The odd 64 keep the two off each other's cache sets. */
export const IMAGINARY: i32 = 2 * LARGEST + 64;

/** A spectrum: real parts of bins 0 .. size / 2, and their imaginary parts IMAGINARY bytes on. */
export const SPECTRUM_BYTES: i32 = 2 * IMAGINARY;
export const BUFFER_BYTES: i32 = 2 * IMAGINARY;
/** Two buffers of complex numbers, then the factors of the first pass, of the later ones and of the last step. */
export const WORK_BYTES: i32 = 2 * BUFFER_BYTES + 6 * LARGEST;
export const FIRST_FACTORS: i32 = 2 * BUFFER_BYTES;
export const LATER_FACTORS: i32 = FIRST_FACTORS + 3 * LARGEST;
export const LAST_FACTORS: i32 = LATER_FACTORS + LARGEST;

/** The factors for transforms of `size`, into `work`. */
export function makeFactors(work: usize, size: i32): void {
  const length = size >> 1;
  for (let p = 0; p < length >> 2; p++) {
    for (let k = 1; k < 4; k++) {
      const at = work + FIRST_FACTORS + (p >> 2) * 96 + (k - 1) * 32 + ((p & 3) << 2);
      storeFactor(at, at + 16, p * k, length);
    }
  }
  let at = work + LATER_FACTORS;
  for (let n = length >> 2; n > 4; n >>= 2) {
    for (let p = 0; p < n >> 2; p++) {
      for (let k = 1; k < 4; k++, at += 8) storeFactor(at, at + 4, p * k, n);
    }
  }
  for (let k = 0; k < length >> 1; k++) {
    const at = work + LAST_FACTORS + (k >> 2) * 32 + ((k & 3) << 2);
    storeFactor(at, at + 16, k + 1, size);
  }
}

function storeFactor(re: usize, im: usize, numerator: i32, denominator: i32): void {
  const turns = <f64>numerator / <f64>denominator;
  store<f32>(re, <f32>cosine(turns));
  store<f32>(im, <f32>-sine(turns));
}

/** A window of Hann's, at half its height. */
export function makeHann(window: usize, size: i32): void {
  for (let n = 0; n < size; n++) {
    store<f32>(window + (n << 2), <f32>(0.25 - 0.25 * cosine(<f64>n / <f64>size)));
  }
}
