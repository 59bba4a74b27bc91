/**
 * In: peaks. Out: landmarks. A landmark is a pair of peaks, the second soon after the first and close in frequency. Its hash holds
 * the first peak's bin and the distance to the second in bins and frames, but no time, so it can be looked up (Wang 2003).
 */

/** Raise this with every change to the landmarks of a print: libraries then rebuild their index. */
export const LANDMARK_FORMAT = 1;

/** Bits of a hash: first bin / 2 (9) | bin difference / 2 (8) | frame difference (6). */
export const HASH_BITS = 23;
/** A partner lies 1 to this many frames after the first peak. */
export const REACH_FRAMES = 63;
/** A partner lies fewer than this many bins away. */
export const REACH_BINS = 120;
/** Partners of each peak of a print. A query uses more, because noise puts peaks between the true ones. */
export const PRINT_FAN = 2;

/** Added to a bin difference to make it positive. */
const MIDDLE = 256;

export interface Landmarks {
  count: number;
  hashes: Uint32Array;
  /** Frame of the first peak. */
  frames: Uint32Array;
}

/** Peaks in the order of their frames; both `Peaks` and `Print` have this shape. */
export interface Constellation {
  count: number;
  frames: ArrayLike<number>;
  bins: ArrayLike<number>;
}

export function pack(bin: number, binDifference: number, frameDifference: number): number {
  return ((bin >> 1) << 14) | (((binDifference + MIDDLE) >> 1) << 6) | frameDifference;
}

/** The inverse of `pack`, except for the lowest bits, which are not stored. */
export function unpack(hash: number): { bin: number; binDifference: number; frameDifference: number } {
  return {
    bin: (hash >> 14) << 1,
    binDifference: (((hash >> 6) & 0xff) << 1) - MIDDLE,
    frameDifference: hash & 0x3f,
  };
}

/** Pairs each peak with its next `fan` partners; the landmarks are in the order of their first peaks. */
export function landmarksOf({ count, frames, bins }: Constellation, fan = PRINT_FAN): Landmarks {
  const hashes = new Uint32Array(count * fan);
  const firstFrames = new Uint32Array(count * fan);
  let n = 0;
  for (let i = 0; i < count; i++) {
    const frame = frames[i];
    const bin = bins[i];
    for (let j = i + 1, left = fan; left > 0 && j < count; j++) {
      const frameDifference = frames[j] - frame;
      if (frameDifference > REACH_FRAMES) break;
      const binDifference = bins[j] - bin;
      if (frameDifference === 0 || binDifference >= REACH_BINS || binDifference <= -REACH_BINS) continue;
      hashes[n] = pack(bin, binDifference, frameDifference);
      firstFrames[n++] = frame;
      left--;
    }
  }
  return { count: n, hashes: hashes.subarray(0, n), frames: firstFrames.subarray(0, n) };
}
