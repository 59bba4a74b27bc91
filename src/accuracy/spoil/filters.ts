/** Second-order filters (R. Bristow-Johnson, Cookbook formulae for audio equalizer biquad filter coefficients). */
interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

const scaled = (a0: number, b0: number, b1: number, b2: number, a1: number, a2: number): Biquad => ({
  b0: b0 / a0,
  b1: b1 / a0,
  b2: b2 / a0,
  a1: a1 / a0,
  a2: a2 / a0,
});

function angles(hertz: number, q: number, sampleRate: number) {
  const angle = (2 * Math.PI * Math.min(hertz, 0.45 * sampleRate)) / sampleRate;
  return { cos: Math.cos(angle), alpha: Math.sin(angle) / (2 * q) };
}

export function lowPass(hertz: number, sampleRate: number, q = Math.SQRT1_2): Biquad {
  const { cos, alpha } = angles(hertz, q, sampleRate);
  return scaled(1 + alpha, (1 - cos) / 2, 1 - cos, (1 - cos) / 2, -2 * cos, 1 - alpha);
}

export function highPass(hertz: number, sampleRate: number, q = Math.SQRT1_2): Biquad {
  const { cos, alpha } = angles(hertz, q, sampleRate);
  return scaled(1 + alpha, (1 + cos) / 2, -1 - cos, (1 + cos) / 2, -2 * cos, 1 - alpha);
}

/** Band-pass with gain 1 at its centre. */
export function resonance(hertz: number, q: number, sampleRate: number): Biquad {
  const { cos, alpha } = angles(hertz, q, sampleRate);
  return scaled(1 + alpha, alpha, 0, -alpha, -2 * cos, 1 - alpha);
}

/** Amplifies or attenuates one band. */
export function bell(hertz: number, db: number, q: number, sampleRate: number): Biquad {
  const { cos, alpha } = angles(hertz, q, sampleRate);
  const gain = 10 ** (db / 40);
  return scaled(1 + alpha / gain, 1 + alpha * gain, -2 * cos, 1 - alpha * gain, -2 * cos, 1 - alpha / gain);
}

export function filtered(sound: Float32Array, { b0, b1, b2, a1, a2 }: Biquad): Float32Array {
  const out = new Float32Array(sound.length);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let i = 0; i < sound.length; i++) {
    const x = sound[i];
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    out[i] = y;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
  }
  return out;
}
