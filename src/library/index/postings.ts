/** Runs of postings in memory: a hash and a position on the tape each, ordered by hash, then by position. */

export interface Run {
  hashes: Uint32Array;
  positions: Uint32Array;
}

/** Numbers appended to an array that grows as needed. */
export class Growing {
  length = 0;
  values = new Uint32Array(4096);

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(1);
    this.values[this.length++] = value;
  }

  append(values: Uint32Array): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  /** Makes sure that this many more fit, for those who write to `values` themselves. */
  reserve(more: number): void {
    if (this.length + more <= this.values.length) return;
    const wider = new Uint32Array(Math.max(this.values.length * 2, this.length + more));
    wider.set(this.values.subarray(0, this.length));
    this.values = wider;
  }

  taken(): Uint32Array {
    return this.values.slice(0, this.length);
  }

  /** What is there now, not copied: good until more is written over it. */
  view(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}

const RADIX_BITS = 12;
const RADIX = 1 << RADIX_BITS;

/** Postings in the order of their positions become a run: sorted by hash in two stable passes, the low bits first. */
export function sortedRun(hashes: Uint32Array, positions: Uint32Array): Run {
  let run = { hashes, positions };
  for (const shift of [0, RADIX_BITS]) {
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

/** A track's landmarks, in the order of their frames, as a run. */
export function runOf(landmarks: { hashes: Uint32Array; frames: Uint32Array }, tapeStart: number): Run {
  return sortedRun(
    landmarks.hashes,
    landmarks.frames.map((frame) => tapeStart + frame),
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

/** The first index from which on `hashes` are `hash` or more. */
export function lowerBound(hashes: ArrayLike<number>, hash: number, low = 0, high = hashes.length): number {
  let first = low;
  for (let last = high; first < last; ) {
    const middle = (first + last) >>> 1;
    if (hashes[middle] < hash) first = middle + 1;
    else last = middle;
  }
  return first;
}
