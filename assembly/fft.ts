// In: a window of real samples. Out: its spectrum. A windowed real transform of 2048 (or 1024) samples.
//
// Even samples are read as the real parts, odd ones as the imaginary parts of M = size / 2 complex numbers, which are
// transformed by Stockham's algorithm: each pass reads one buffer and writes the other in such an order that the result
// needs no bit reversal. With n the length that is left to split (M, M/4, M/16 ...) and s = M / n, a pass of radix 4
// computes, for p < n/4 and q < s,
//
//     x0..x3 = from[q + s (p + n/4 k)],   to[q + s (4 p + k)] = w^(p k) (k-th bin of x0..x3),   w = exp(-2 pi i / n)
//
// Real and imaginary parts are stored apart, so a vector holds four values of q and its lanes are independent. Only
// the first pass (s = 1) has its lanes along p, and transposes its results in blocks of 4 x 4. If M is no power of 4, the
// last pass has radix 2. Finally the spectra of the even and the odd samples are separated and joined:
//
//     E = (Z[k] + conj Z[M-k]) / 2,  D = (Z[k] - conj Z[M-k]) / 2,  X[k] = E - i w^k D,  X[M-k] = conj(E + i w^k D)
//
// The stored window is halved, which supplies the factors of 1/2.
import { BUFFER_BYTES, FIRST_TWIDDLES, IMAGINARY, JOIN_TWIDDLES, LATER_TWIDDLES } from "./twiddles";
import { add, even, mul, odd, productIm, productRe, reversed, storeTransposed, sub } from "./lanes";

/** Applies the window while loading; lanes along p. */
function firstPass(size: i32, samples: usize, window: usize, to: usize, twiddles: usize): void {
  const end = samples + size;
  for (; samples < end; samples += 32, window += 32, to += 64, twiddles += 96) {
    const x1 = samples + size, x2 = x1 + size, x3 = x2 + size;
    const w1 = window + size, w2 = w1 + size, w3 = w2 + size;
    const a0 = mul(v128.load(samples), v128.load(window)), b0 = mul(v128.load(samples, 16), v128.load(window, 16));
    const a1 = mul(v128.load(x1), v128.load(w1)), b1 = mul(v128.load(x1, 16), v128.load(w1, 16));
    const a2 = mul(v128.load(x2), v128.load(w2)), b2 = mul(v128.load(x2, 16), v128.load(w2, 16));
    const a3 = mul(v128.load(x3), v128.load(w3)), b3 = mul(v128.load(x3, 16), v128.load(w3, 16));
    const sa = add(a0, a2), sb = add(b0, b2), da = sub(a0, a2), db = sub(b0, b2);
    const ta = add(a1, a3), tb = add(b1, b3), ea = sub(a1, a3), eb = sub(b1, b3);
    const fa = add(sa, ta), fb = add(sb, tb), ga = sub(sa, ta), gb = sub(sb, tb);
    const dr = even(da, db), di = odd(da, db), er = even(ea, eb), ei = odd(ea, eb);
    const r1 = add(dr, ei), i1 = sub(di, er);
    const r2 = even(ga, gb), i2 = odd(ga, gb);
    const r3 = sub(dr, ei), i3 = add(di, er);
    const c1 = v128.load(twiddles), s1 = v128.load(twiddles, 16);
    const c2 = v128.load(twiddles, 32), s2 = v128.load(twiddles, 48);
    const c3 = v128.load(twiddles, 64), s3 = v128.load(twiddles, 80);
    const re1 = productRe(r1, i1, c1, s1), re2 = productRe(r2, i2, c2, s2), re3 = productRe(r3, i3, c3, s3);
    storeTransposed(to, even(fa, fb), re1, re2, re3);
    const im1 = productIm(r1, i1, c1, s1), im2 = productIm(r2, i2, c2, s2), im3 = productIm(r3, i3, c3, s3);
    storeTransposed(to + IMAGINARY, odd(fa, fb), im1, im2, im3);
  }
}

/** A later pass of radix 4, lanes along q. */
function pass(size: i32, n: i32, from: usize, to: usize, twiddles: usize): void {
  const stride = 2 * size / n;
  const quarter = size >> 1;
  const end = twiddles + 6 * n;
  for (; twiddles < end; twiddles += 24, to += 3 * stride) {
    const c1 = v128.load32_splat(twiddles), s1 = v128.load32_splat(twiddles, 4);
    const c2 = v128.load32_splat(twiddles, 8), s2 = v128.load32_splat(twiddles, 12);
    const c3 = v128.load32_splat(twiddles, 16), s3 = v128.load32_splat(twiddles, 20);
    const stop = from + stride;
    for (; from < stop; from += 16, to += 16) {
      const x1 = from + quarter, x2 = x1 + quarter, x3 = x2 + quarter;
      const y1 = to + stride, y2 = y1 + stride, y3 = y2 + stride;
      const ar = v128.load(from), ai = v128.load(from, IMAGINARY);
      const cr = v128.load(x2), ci = v128.load(x2, IMAGINARY);
      const r0 = add(ar, cr), i0 = add(ai, ci), r1 = sub(ar, cr), i1 = sub(ai, ci);
      const br = v128.load(x1), bi = v128.load(x1, IMAGINARY);
      const dr = v128.load(x3), di = v128.load(x3, IMAGINARY);
      const r2 = add(br, dr), i2 = add(bi, di), r3 = sub(br, dr), i3 = sub(bi, di);
      v128.store(to, add(r0, r2));
      v128.store(to, add(i0, i2), IMAGINARY);
      const ur = add(r1, i3), ui = sub(i1, r3);
      v128.store(y1, productRe(ur, ui, c1, s1));
      v128.store(y1, productIm(ur, ui, c1, s1), IMAGINARY);
      const vr = sub(r0, r2), vi = sub(i0, i2);
      v128.store(y2, productRe(vr, vi, c2, s2));
      v128.store(y2, productIm(vr, vi, c2, s2), IMAGINARY);
      const wr = sub(r1, i3), wi = add(i1, r3);
      v128.store(y3, productRe(wr, wi, c3, s3));
      v128.store(y3, productIm(wr, wi, c3, s3), IMAGINARY);
    }
  }
}

/** The last pass when n = 4: only p = 0, so every twiddle is 1. */
function endPass4(size: i32, from: usize, to: usize): void {
  const quarter = size >> 1;
  const end = from + quarter;
  for (; from < end; from += 16, to += 16) {
    const x1 = from + quarter, x2 = x1 + quarter, x3 = x2 + quarter;
    const y1 = to + quarter, y2 = y1 + quarter, y3 = y2 + quarter;
    const ar = v128.load(from), ai = v128.load(from, IMAGINARY);
    const cr = v128.load(x2), ci = v128.load(x2, IMAGINARY);
    const r0 = add(ar, cr), i0 = add(ai, ci), r1 = sub(ar, cr), i1 = sub(ai, ci);
    const br = v128.load(x1), bi = v128.load(x1, IMAGINARY);
    const dr = v128.load(x3), di = v128.load(x3, IMAGINARY);
    const r2 = add(br, dr), i2 = add(bi, di), r3 = sub(br, dr), i3 = sub(bi, di);
    v128.store(to, add(r0, r2));
    v128.store(to, add(i0, i2), IMAGINARY);
    v128.store(y1, add(r1, i3));
    v128.store(y1, sub(i1, r3), IMAGINARY);
    v128.store(y2, sub(r0, r2));
    v128.store(y2, sub(i0, i2), IMAGINARY);
    v128.store(y3, sub(r1, i3));
    v128.store(y3, add(i1, r3), IMAGINARY);
  }
}

/** The last pass when n = 2. */
function endPass2(size: i32, from: usize, to: usize): void {
  const end = from + size;
  for (; from < end; from += 16, to += 16) {
    const x1 = from + size, y1 = to + size;
    const ar = v128.load(from), ai = v128.load(from, IMAGINARY);
    const br = v128.load(x1), bi = v128.load(x1, IMAGINARY);
    v128.store(to, add(ar, br));
    v128.store(to, add(ai, bi), IMAGINARY);
    v128.store(y1, sub(ar, br));
    v128.store(y1, sub(ai, bi), IMAGINARY);
  }
}

/** Z -> X. Each iteration computes bins k .. k + 3 and their mirrors M - k - 3 .. M - k. */
function join(size: i32, z: usize, spectrum: usize, twiddles: usize): void {
  const re0 = load<f32>(z), im0 = load<f32>(z, IMAGINARY);
  let mirror = z + 2 * size - 16;
  let low = spectrum;
  let high = spectrum + 2 * size - 16;
  const end = spectrum + size;
  for (; low < end; z += 16, mirror -= 16, low += 16, high -= 16, twiddles += 32) {
    const ar = v128.load(z, 4), ai = v128.load(z, IMAGINARY + 4);
    const br = reversed(v128.load(mirror)), bi = reversed(v128.load(mirror, IMAGINARY));
    const er = add(ar, br), ei = sub(ai, bi);
    const dr = sub(ar, br), di = add(ai, bi);
    const c = v128.load(twiddles), s = v128.load(twiddles, 16);
    const gr = productIm(dr, di, c, s), gi = productRe(dr, di, c, s);
    v128.store(low, add(er, gr), 4);
    v128.store(low, sub(ei, gi), IMAGINARY + 4);
    v128.store(high, reversed(sub(er, gr)));
    v128.store(high, reversed(f32x4.neg(add(ei, gi))), IMAGINARY);
  }
  store<f32>(spectrum, 2 * (re0 + im0));
  store<f32>(spectrum, 0, IMAGINARY);
  const last = spectrum + 2 * size;
  store<f32>(last, 2 * (re0 - im0));
  store<f32>(last, 0, IMAGINARY);
}

/** Writes the spectrum of `size` samples under `window`, which is stored halved. */
export function transform(size: i32, samples: usize, window: usize, spectrum: usize, work: usize): void {
  let from = work;
  let to = work + BUFFER_BYTES;
  let twiddles = work + LATER_TWIDDLES;
  firstPass(size, samples, window, from, work + FIRST_TWIDDLES);
  let n = size >> 3;
  for (; n > 4; n >>= 2) {
    pass(size, n, from, to, twiddles);
    twiddles += 6 * n;
    const swap = from;
    from = to;
    to = swap;
  }
  if (n == 4) endPass4(size, from, to);
  else endPass2(size, from, to);
  join(size, to, spectrum, work + JOIN_TWIDDLES);
}
