// Sine, cosine and Bessel's I0 for building tables. Series summed in f64 give the same bits on every machine; the host's functions
// may not.

const PI: f64 = 3.141592653589793;

/** sin(x) for |x| <= pi/4: x - x^3/3! + x^5/5! - ... */
function sineSeries(x: f64): f64 {
  let term = x;
  let sum = x;
  for (let n = 2; n <= 18; n += 2) {
    term *= -x * x / <f64>(n * (n + 1));
    sum += term;
  }
  return sum;
}

/** cos(x) for |x| <= pi/4. */
function cosineSeries(x: f64): f64 {
  let term: f64 = 1;
  let sum: f64 = 1;
  for (let n = 1; n <= 17; n += 2) {
    term *= -x * x / <f64>(n * (n + 1));
    sum += term;
  }
  return sum;
}

/** sin(2 pi turns). */
export function sine(turns: f64): f64 {
  const t = turns - floor(turns);
  const eighths = nearest(t * 4);
  const rest = 2 * PI * (t - eighths / 4);
  const quadrant = <i32>eighths & 3;
  const value = quadrant & 1 ? cosineSeries(rest) : sineSeries(rest);
  return quadrant & 2 ? -value : value;
}

/** cos(2 pi turns). */
export function cosine(turns: f64): f64 {
  return sine(turns + 0.25);
}

/** sin(pi x) / (pi x). */
export function sinc(x: f64): f64 {
  return x == 0 ? 1 : sine(x / 2) / (PI * x);
}

/** Modified Bessel function of the first kind, order 0. */
export function bessel0(x: f64): f64 {
  let term: f64 = 1;
  let sum: f64 = 1;
  for (let k: f64 = 1; term > sum * 1e-17; k++) {
    const half = x / (2 * k);
    term *= half * half;
    sum += term;
  }
  return sum;
}
