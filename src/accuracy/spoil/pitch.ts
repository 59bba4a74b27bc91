/**
 * Shifts the pitch at the same tempo: the sound is stretched in time by overlapping pieces that fit together (WSOLA, Verhelst and
 * Roelands 1993), then played faster by as much.
 */

/** Length of a piece and distance between two pieces of the output, seconds; how far from its place a better piece is sought. */
const PIECE_SECONDS = 0.046;
const SEEK_SECONDS = 0.008;
/** One sample in this many is compared. */
const STRIDE = 4;

/** `factor` 2 is an octave up. */
export function atPitch(sound: Float32Array, sampleRate: number, factor: number): Float32Array {
  if (factor === 1) return sound;
  const long = stretched(sound, sampleRate, factor);
  return Float32Array.from(sound, (_, i) => {
    const at = i * factor;
    const whole = Math.floor(at);
    const before = long[whole] ?? 0;
    return before + (at - whole) * ((long[whole + 1] ?? 0) - before);
  });
}

/** The same pitch, `factor` times as long. */
function stretched(sound: Float32Array, sampleRate: number, factor: number): Float32Array {
  const half = Math.round((PIECE_SECONDS * sampleRate) / 2);
  const seek = Math.round(SEEK_SECONDS * sampleRate);
  const out = new Float32Array(Math.ceil(sound.length * factor) + 2 * half);
  const window = Float32Array.from({ length: 2 * half }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / half));
  let next = 0;
  for (let at = 0; at + 2 * half <= out.length; at += half) {
    const wanted = Math.round(at / factor);
    const from = at === 0 ? 0 : bestFit(sound, next, wanted, seek, half);
    for (let i = 0; i < 2 * half; i++) out[at + i] += window[i] * (sound[from + i] ?? 0);
    next = from + half;
  }
  return out;
}

/** The place near `wanted` whose sound is most like what follows the last piece. */
function bestFit(sound: Float32Array, next: number, wanted: number, seek: number, length: number): number {
  let best = wanted;
  let most = -Infinity;
  for (let from = Math.max(0, wanted - seek); from <= wanted + seek; from++) {
    let alike = 0;
    for (let i = 0; i < length; i += STRIDE) alike += (sound[next + i] ?? 0) * (sound[from + i] ?? 0);
    if (alike > most) {
      most = alike;
      best = from;
    }
  }
  return best;
}
