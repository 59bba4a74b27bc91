// Power spectrum of WINDOW real samples: a plain radix-2 transform of the windowed samples.
import { WINDOW } from "./params";
import { cosine, sine } from "./maths";

const hann = memory.data(WINDOW * 4, 16);
const twiddles = memory.data(WINDOW * 4, 16);
const re = memory.data(WINDOW * 4, 16);
const im = memory.data(WINDOW * 4, 16);

for (let n = 0; n < WINDOW; n++) {
  store<f32>(hann + (n << 2), <f32>(0.5 - 0.5 * cosine(<f64>n / <f64>WINDOW)));
}
for (let n = 0; n < WINDOW / 2; n++) {
  store<f32>(twiddles + (n << 3), <f32>cosine(<f64>n / <f64>WINDOW));
  store<f32>(twiddles + (n << 3), <f32>-sine(<f64>n / <f64>WINDOW), 4);
}

/** Writes the power of bins 0 .. count - 1. */
export function powers(samples: usize, power: usize, count: i32): void {
  for (let n = 0, reversed = 0; n < WINDOW; n++) {
    store<f32>(re + (reversed << 2), load<f32>(samples + (n << 2)) * load<f32>(hann + (n << 2)));
    store<f32>(im + (reversed << 2), 0);
    let bit = WINDOW >> 1;
    while (reversed & bit) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
  }
  for (let half = 1; half < WINDOW; half <<= 1) {
    for (let k = 0; k < half; k++) {
      const twiddle = twiddles + (k * (WINDOW / 2 / half) << 3);
      const c = load<f32>(twiddle), s = load<f32>(twiddle, 4);
      for (let a = k << 2; a < WINDOW << 2; a += half << 3) {
        const b = a + (half << 2);
        const x = load<f32>(re + b) * c - load<f32>(im + b) * s;
        const y = load<f32>(re + b) * s + load<f32>(im + b) * c;
        store<f32>(re + b, load<f32>(re + a) - x);
        store<f32>(im + b, load<f32>(im + a) - y);
        store<f32>(re + a, load<f32>(re + a) + x);
        store<f32>(im + a, load<f32>(im + a) + y);
      }
    }
  }
  for (let k = 0; k < count << 2; k += 4) {
    const x = load<f32>(re + k), y = load<f32>(im + k);
    store<f32>(power + k, x * x + y * y);
  }
}
