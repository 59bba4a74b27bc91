/**
 * Sorted runs, as in an LSM tree: postings in memory as two columns, ordered by hash, then by position. A posting says that the
 * landmark `hashes[i]` begins at `positions[i]` on the tape.
 */
export interface Run {
  hashes: Uint32Array;
  positions: Uint32Array;
}

/** Landmarks of one track: frames ascend and count from the start of the track. */
export interface TrackLandmarks {
  hashes: Uint32Array;
  frames: Uint32Array;
}

const RADIX_BITS = 12;
const RADIX = 1 << RADIX_BITS;

/**
 * Sorts postings, which are given by ascending position, into a run. It is a radix sort from the low bits of the hash up. Each pass
 * is stable, so the positions of each hash stay in order.
 */
export function sortedRun(hashes: Uint32Array, positions: Uint32Array, hashBits: number): Run {
  let run = { hashes, positions };
  for (let shift = 0; shift < hashBits; shift += RADIX_BITS) {
    const starts = new Uint32Array(RADIX + 1);
    for (const hash of hashes) starts[((hash >>> shift) & (RADIX - 1)) + 1]++;
    for (let i = 0; i < RADIX; i++) starts[i + 1] += starts[i];
    const sorted = { hashes: new Uint32Array(hashes.length), positions: new Uint32Array(hashes.length) };
    for (let i = 0; i < hashes.length; i++) {
      const to = starts[(run.hashes[i] >>> shift) & (RADIX - 1)]++;
      sorted.hashes[to] = run.hashes[i];
      sorted.positions[to] = run.positions[i];
    }
    run = sorted;
  }
  return run;
}

/** The run of a track that begins at `tapeStart`. */
export function runOf({ hashes, frames }: TrackLandmarks, tapeStart: number, hashBits: number): Run {
  return sortedRun(
    hashes,
    frames.map((frame) => tapeStart + frame),
    hashBits,
  );
}

export function mergeRuns(a: Run, b: Run): Run {
  const count = a.hashes.length + b.hashes.length;
  const merged = { hashes: new Uint32Array(count), positions: new Uint32Array(count) };
  for (let i = 0, j = 0, k = 0; k < count; k++) {
    const isFromA =
      j === b.hashes.length ||
      (i < a.hashes.length &&
        (a.hashes[i] < b.hashes[j] || (a.hashes[i] === b.hashes[j] && a.positions[i] <= b.positions[j])));
    const from = isFromA ? a : b;
    const at = isFromA ? i++ : j++;
    merged.hashes[k] = from.hashes[at];
    merged.positions[k] = from.positions[at];
  }
  return merged;
}
