/** From the strength of a bin to a colour. */
import { MAP_ZERO } from '../../../kernel/format.ts';

export type Rgb = [number, number, number];
export interface Palette {
  ground: Rgb;
  accent: Rgb;
  paper: Rgb;
}

/** Bytes of the prominence map from here on have the brightest colour; from MAP_ZERO down, the darkest. */
const STRONG = 140;

export const css = ([r, g, b]: Rgb, alpha: number): string => `rgb(${r} ${g} ${b} / ${alpha})`;

/** From ground over accent to paper, lighter (or darker) all the way, so that it can be read without colour. */
export function scaleOf({ ground, accent, paper }: Palette): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(256 * 3);
  for (let level = 0; level < 256; level++) {
    // Most of the sound is faint. Keep the lower half of the scale near the ground, so that stars stand out.
    const strength = Math.min(1, Math.max(0, (level - MAP_ZERO) / (STRONG - MAP_ZERO))) ** 1.3;
    const [from, to, share] =
      strength < 0.7 ? [ground, accent, (strength / 0.7) * 0.85] : [accent, paper, (strength - 0.7) / 0.6];
    for (let i = 0; i < 3; i++) colours[level * 3 + i] = from[i] + (to[i] - from[i]) * share;
  }
  return colours;
}
