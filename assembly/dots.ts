// Products of samples and coefficients, four sums at a time: enough additions in flight to keep the processor busy.
//
// Each sum is made in the same order whatever the other three are, so cutting the sound differently changes nothing.

/** The sum of each of four vectors' lanes. */
@inline
function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
function sumUp(sum: v128, x: v128, h: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, h));
}

/**
 * Four dot products of `taps` samples and coefficients each: lane by lane the same sums, whatever the other lanes do.
 */
export function dots(
  taps: i32,
  x0: usize, x1: usize, x2: usize, x3: usize,
  row0: usize, row1: usize, row2: usize, row3: usize,
): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (const end = x0 + (taps << 2); x0 < end; x0 += 32, x1 += 32, x2 += 32, x3 += 32) {
    a = sumUp(a, v128.load(x0), v128.load(row0));
    b = sumUp(b, v128.load(x1), v128.load(row1));
    c = sumUp(c, v128.load(x2), v128.load(row2));
    d = sumUp(d, v128.load(x3), v128.load(row3));
    a = sumUp(a, v128.load(x0, 16), v128.load(row0, 16));
    b = sumUp(b, v128.load(x1, 16), v128.load(row1, 16));
    c = sumUp(c, v128.load(x2, 16), v128.load(row2, 16));
    d = sumUp(d, v128.load(x3, 16), v128.load(row3, 16));
    row0 += 32, row1 += 32, row2 += 32, row3 += 32;
  }
  return sumsOf(a, b, c, d);
}

/** The same four sums where all have one row. */
export function dotsOfRow(
  taps: i32,
  x0: usize, x1: usize, x2: usize, x3: usize,
  row: usize,
): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (const end = x0 + (taps << 2); x0 < end; x0 += 32, x1 += 32, x2 += 32, x3 += 32, row += 32) {
    const h0 = v128.load(row), h1 = v128.load(row, 16);
    a = sumUp(a, v128.load(x0), h0);
    b = sumUp(b, v128.load(x1), h0);
    c = sumUp(c, v128.load(x2), h0);
    d = sumUp(d, v128.load(x3), h0);
    a = sumUp(a, v128.load(x0, 16), h1);
    b = sumUp(b, v128.load(x1, 16), h1);
    c = sumUp(c, v128.load(x2, 16), h1);
    d = sumUp(d, v128.load(x3, 16), h1);
  }
  return sumsOf(a, b, c, d);
}
