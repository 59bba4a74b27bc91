/** Sums of a field's values over time, so that the sum of many neighbours costs as little as that of two. Computed once for each field. */
import type { Field } from './field.ts';

const known = new WeakMap<Field, Int16Array>();

/**
 * For each row, the sums of its first 0, 1, 2 .. `stride` values: those of row r begin at r * (stride + 1). Sums wrap around at 16 bits.
 * So must their differences: then they are exact for up to 256 values, whose sum always fits into 16 bits.
 */
export function sumsOf(field: Field): Int16Array {
  if (!known.has(field)) known.set(field, summed(field));
  return known.get(field) as Int16Array;
}

function summed({ values, stride, binCount }: Field): Int16Array {
  const sums = new Int16Array(binCount * (stride + 1));
  for (let row = 0, from = 0, to = 1; row < binCount; row++, to++) {
    for (let i = 0, sum = 0; i < stride; i++) {
      sum += values[from++];
      sums[to++] = sum;
    }
  }
  return sums;
}
