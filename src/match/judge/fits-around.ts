import type { Print } from '../../types.ts';
import { type Field, MARGIN } from '../field/field.ts';
import { align, type Warp } from './align.ts';
import { fitAtOffsets, fits, meanAwayFrom, OFFSETS } from './evidence.ts';

/**
 * For drawing: the fit at -MARGIN .. MARGIN frames around a place, minus its mean away from the middle, in standard deviations of a sum
 * of independent terms.
 */
export function fitsAround(print: Print, field: Field, start: number, warp: Warp): Float32Array {
  const deviation = Math.sqrt(Math.max(1, fitAtOffsets(print, field, align(print, field, start, warp), MARGIN)));
  const mean = meanAwayFrom(MARGIN);
  // Fits are stored by how far the print is moved. The place in the print moves by as much in the opposite direction.
  return Float32Array.from(fits, (_, at) => (fits[OFFSETS - 1 - at] - mean) / deviation);
}
