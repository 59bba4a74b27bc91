/** Ways to spoil a clip. Each takes sound with a second to spare at both ends, and keeps its middle where it is. */
import { powerOf } from './noises.ts';

/** Seconds before and after a clip that the spoiling may use. */
export const SPARE_SECONDS = 1;

/** Noise is added so that the music is `db` louder. */
export function withNoise(sound: Float32Array, noise: Float32Array, db: number): Float32Array {
  const gain = Math.sqrt(powerOf(sound) / (powerOf(noise) + 1e-12) / 10 ** (db / 10));
  return sound.map((sample, i) => sample + gain * noise[i]);
}

/** Played `factor` times as fast, the clip's beginning staying where it is; by cubic interpolation (Catmull and Rom). */
export function atSpeed(sound: Float32Array, sampleRate: number, factor: number): Float32Array {
  const begin = SPARE_SECONDS * sampleRate;
  const at = (i: number) => sound[Math.min(sound.length - 1, Math.max(0, i))];
  return sound.map((_, i) => {
    const place = begin + (i - begin) * factor;
    const whole = Math.floor(place);
    const t = place - whole;
    const [a, b, c, d] = [at(whole - 1), at(whole), at(whole + 1), at(whole + 2)];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  });
}
