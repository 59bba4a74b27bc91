// In: a row. Out: for each bin, the maximum within NEAR_BINS on either side.
//
// A vector holds 8 bins, so the 33 bins around lane l of vector j are: lanes l .. 7 of vector j - 2, all of the vectors
// j - 1, j and j + 1, and lanes 0 .. l of vector j + 2. Running maxima from both ends of each vector (three shuffles
// each) supply all of these, so a result takes five more maxima whatever the data, and the row is read once.
import { NEAR_BINS } from "./params";

const VECTOR: i32 = 16; // bytes
if (NEAR_BINS != 16) ERROR("this code assumes a reach of two vectors of 8 bins");

@inline
function greater(a: v128, b: v128): v128 {
  return i16x8.max_s(a, b);
}

/** Processes the vectors from byte `first` up to byte `end` of a row; also reads two vectors on either side. */
export function slidingMaxima(row: usize, first: i32, end: i32, maxima: usize): void {
  const least = i16x8.splat(-32768);
  let suffix1 = least, suffix2 = least, suffix3 = least, suffix4 = least;
  let whole1 = least, whole2 = least, whole3 = least;
  const stop = row + end + 2 * VECTOR;
  maxima += first - 4 * VECTOR;
  for (let at = row + first - 2 * VECTOR; at < stop; at += VECTOR, maxima += VECTOR) {
    const x = v128.load(at);
    let prefix = greater(x, v128.shuffle<i16>(least, x, 7, 8, 9, 10, 11, 12, 13, 14));
    prefix = greater(prefix, v128.shuffle<i16>(least, prefix, 6, 7, 8, 9, 10, 11, 12, 13));
    prefix = greater(prefix, v128.shuffle<i16>(least, prefix, 4, 5, 6, 7, 8, 9, 10, 11));
    let suffix = greater(x, v128.shuffle<i16>(x, least, 1, 2, 3, 4, 5, 6, 7, 8));
    suffix = greater(suffix, v128.shuffle<i16>(suffix, least, 2, 3, 4, 5, 6, 7, 8, 9));
    suffix = greater(suffix, v128.shuffle<i16>(suffix, least, 4, 5, 6, 7, 8, 9, 10, 11));
    const whole = v128.shuffle<i16>(prefix, prefix, 7, 7, 7, 7, 7, 7, 7, 7);
    const reach = greater(greater(suffix4, whole3), greater(whole2, whole1));
    v128.store(maxima, greater(reach, prefix));
    suffix4 = suffix3, suffix3 = suffix2, suffix2 = suffix1, suffix1 = suffix;
    whole3 = whole2, whole2 = whole1, whole1 = whole;
  }
}
