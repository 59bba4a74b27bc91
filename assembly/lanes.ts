// Short names for operations on the four lanes of a vector of 32-bit floats.

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

@inline
export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

@inline
export function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

@inline
export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** Real part of (re + i im) (c + i s). */
@inline
export function productRe(re: v128, im: v128, c: v128, s: v128): v128 {
  return sub(mul(re, c), mul(im, s));
}

/** Imaginary part of the same product. */
@inline
export function productIm(re: v128, im: v128, c: v128, s: v128): v128 {
  return add(mul(re, s), mul(im, c));
}

/** The even-numbered ones of eight numbers in two vectors. */
@inline
export function even(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

@inline
export function odd(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

@inline
export function reversed(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 3, 2, 1, 0);
}

/** Stores the 4 x 4 matrix whose columns are a, b, c and d, row by row. */
@inline
export function storeTransposed(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7), 16);
  v128.store(to, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5), 32);
  v128.store(to, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7), 48);
}
