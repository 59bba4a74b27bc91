/** Distortions of a clip. The input has a second to spare at both ends; the middle of the clip is not shifted. */
import { powerOf } from './noises.ts';

/** Seconds of sound before and after the clip that a distortion may use. */
export const SPARE_SECONDS = 1;

/** Adds noise so that the music is `db` dB louder. */
export function withNoise(sound: Float32Array, noise: Float32Array, db: number): Float32Array {
  const gain = gainBelow(sound, noise, db);
  return sound.map((sample, i) => sample + gain * noise[i]);
}

/** The gain for the noise that makes the music `db` dB louder. */
export function gainBelow(sound: Float32Array, noise: Float32Array, db: number): number {
  return Math.sqrt(powerOf(sound) / (powerOf(noise) + 1e-12) / 10 ** (db / 10));
}

/** Plays the sound `factor` times as fast without shifting the clip's beginning, by cubic interpolation (Catmull and Rom). */
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
