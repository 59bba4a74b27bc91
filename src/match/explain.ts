/**
 * For several tracks that play at once: removes what a recognised track explains, so that the others can be judged again. In: the
 * track's print and place, and the field. Out: a field with zeros around the track's peaks and without its tones.
 */
import type { Print } from '../types.ts';
import { type Field, MARGIN } from './field/field.ts';
import { type Alignment, align, type Warp } from './judge/align.ts';
import { gather, tonesFit } from './judge/tones.ts';

/** How far the energy of a peak spreads. */
const REACH = { frames: 3, rows: 2 };

export function withoutTrack(print: Print, field: Field, start: number, warp: Warp): Field {
  const { stride, binCount } = field;
  const values = field.values.slice();
  const { count, frames, rows } = align(print, field, start, warp, REACH);
  for (let i = 0; i < count; i++) {
    const last = Math.min(binCount - 1, rows[i] + REACH.rows);
    for (let row = Math.max(0, rows[i] - REACH.rows); row <= last; row++) {
      const at = row * stride + MARGIN + frames[i];
      values.fill(0, at - REACH.frames, at + REACH.frames + 1);
    }
  }
  return { ...field, values, tones: tonesWithout(print, align(print, field, start, warp), field.tones) };
}

/** The clip's profile minus its projection on the track's profile. */
function tonesWithout(print: Print, aligned: Alignment, tones: Float32Array): Float32Array {
  const fit = tonesFit(print, aligned, tones);
  const weights = gather(print, aligned);
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight, 0)) || 1;
  return tones.map((value, row) => value - (fit * Math.sqrt(weights[row])) / length);
}
