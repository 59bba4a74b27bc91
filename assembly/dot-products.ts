// In: samples and coefficients. Out: dot products, four at a time.
//
// Four independent sums hide the latency of floating-point addition. The terms of each sum are added in a fixed order,
// whatever the other three are, so the block size does not affect a single bit of the result.

/** A vector of four sums: one for the lanes of each argument. */
@inline
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
function addProduct(sum: v128, x: v128, h: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, h));
}

/** Dot products of four runs of `taps` samples (a multiple of 8), each with its own row of coefficients. */
export function dotRows(
  taps: i32,
  x0: usize, x1: usize, x2: usize, x3: usize,
  row0: usize, row1: usize, row2: usize, row3: usize,
): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (const end = x0 + (taps << 2); x0 < end; x0 += 32, x1 += 32, x2 += 32, x3 += 32) {
    a = addProduct(a, v128.load(x0), v128.load(row0));
    b = addProduct(b, v128.load(x1), v128.load(row1));
    c = addProduct(c, v128.load(x2), v128.load(row2));
    d = addProduct(d, v128.load(x3), v128.load(row3));
    a = addProduct(a, v128.load(x0, 16), v128.load(row0, 16));
    b = addProduct(b, v128.load(x1, 16), v128.load(row1, 16));
    c = addProduct(c, v128.load(x2, 16), v128.load(row2, 16));
    d = addProduct(d, v128.load(x3, 16), v128.load(row3, 16));
    row0 += 32, row1 += 32, row2 += 32, row3 += 32;
  }
  return sumLanes(a, b, c, d);
}

/** The same when all four use one row, which is loaded only once. */
export function dotRow(
  taps: i32,
  x0: usize, x1: usize, x2: usize, x3: usize,
  row: usize,
): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (const end = x0 + (taps << 2); x0 < end; x0 += 32, x1 += 32, x2 += 32, x3 += 32, row += 32) {
    const h0 = v128.load(row), h1 = v128.load(row, 16);
    a = addProduct(a, v128.load(x0), h0);
    b = addProduct(b, v128.load(x1), h0);
    c = addProduct(c, v128.load(x2), h0);
    d = addProduct(d, v128.load(x3), h0);
    a = addProduct(a, v128.load(x0, 16), h1);
    b = addProduct(b, v128.load(x1, 16), h1);
    c = addProduct(c, v128.load(x2, 16), h1);
    d = addProduct(d, v128.load(x3, 16), h1);
  }
  return sumLanes(a, b, c, d);
}
