/**
 * Stage 1 of a search: proposes places. In: the postings of the clip's landmarks. Out: the places with the most votes.
 *
 * Each posting votes for the cell of the tape where the clip would begin (position - frame in the clip). The weight of a vote is a
 * log likelihood ratio, so rare landmarks weigh more. A coarse histogram with buckets of four cells first finds which buckets
 * matter; only their votes are sorted and summed exactly.
 */
import type { Postings } from '../types.ts';

/** Landmarks to look up: the distinct hashes, and the frames of the clip at which each occurs. */
export interface Question {
  /** Ascending. */
  hashes: Uint32Array;
  /** The frames of hashes[i] are frames[starts[i]] to frames[starts[i + 1] - 1]. */
  starts: Uint32Array;
  frames: Uint32Array;
}

/** Columns with one entry per vote. */
export interface Votes {
  count: number;
  /** Position of the clip's frame 0 on the tape, modulo 2^32. */
  cells: Uint32Array;
  weights: Uint8Array;
}

/** A cell that has many votes. */
export interface Proposal {
  cell: number;
  weight: number;
}

/** Votes up to this far apart count for the same place; in frames or cells. */
export const TOLERANCE = 1;

/** Merges the landmarks of several analyses of a clip. Equal hashes at most a frame apart are the same landmark. */
export function questionOf(parts: { count: number; hashes: Uint32Array; frames: Uint32Array }[]): Question {
  const keys = new Float64Array(parts.reduce((sum, part) => sum + part.count, 0));
  let n = 0;
  for (const { count, hashes, frames } of parts) {
    for (let i = 0; i < count; i++) keys[n++] = hashes[i] * FRAME_SPAN + frames[i];
  }
  keys.sort();
  const hashes = new Uint32Array(n);
  const starts = new Uint32Array(n + 1);
  const frames = new Uint32Array(n);
  let distinct = 0;
  let kept = 0;
  for (let i = 0, last = -Infinity; i < n; i++) {
    if (keys[i] - last <= TOLERANCE) continue;
    last = keys[i];
    const hash = Math.floor(keys[i] / FRAME_SPAN);
    if (distinct === 0 || hashes[distinct - 1] !== hash) {
      starts[distinct] = kept;
      hashes[distinct++] = hash;
    }
    frames[kept++] = keys[i] - hash * FRAME_SPAN;
  }
  starts[distinct] = kept;
  return {
    hashes: hashes.subarray(0, distinct),
    starts: starts.subarray(0, distinct + 1),
    frames: frames.subarray(0, kept),
  };
}

/** Splits a question into parts of `size` hashes. */
export function partsOf({ hashes, starts, frames }: Question, size: number): Question[] {
  return Array.from({ length: Math.ceil(hashes.length / size) }, (_, i) => {
    const [from, to] = [i * size, (i + 1) * size];
    return { hashes: hashes.subarray(from, to), starts: starts.subarray(from, to + 1), frames };
  });
}

/** A hash (23 bits) and a frame (30 bits) are packed into one integer below 2^53. */
const FRAME_SPAN = 2 ** 30;

/** Assumed probability that a landmark of the track survives in a clip of it. Sets the common level of all weights. */
const MEETING = 0.05;
/** Weights are in steps of 1/8 neper. */
const WEIGHT_SCALE = 8;

/** Log likelihood ratio of a vote by a hash with so many postings: the clip is from this place, or the hash occurs here by chance. */
export const weightOf = (postings: number, tapeFrames: number): number =>
  Math.min(255, Math.round(WEIGHT_SCALE * Math.log(1 + (MEETING * tapeFrames) / postings)));

/** The weight of a vote by each of the hashes that were looked up. */
export const weightsOf = ({ starts }: Postings, tapeFrames: number): Uint8Array =>
  Uint8Array.from(starts.subarray(1), (end, i) => weightOf(end - starts[i], tapeFrames));

/** The votes of the postings found for a question, with a weight for each of its hashes. */
export function votesOf({ starts, frames }: Question, answer: Postings, weightOfHash: Uint8Array): Votes {
  let size = 0;
  const hashCount = starts.length - 1;
  for (let i = 0; i < hashCount; i++) size += (starts[i + 1] - starts[i]) * (answer.starts[i + 1] - answer.starts[i]);
  const cells = new Uint32Array(size);
  const weights = new Uint8Array(size);
  let n = 0;
  for (let i = 0; i < hashCount; i++) {
    const first = answer.starts[i];
    const last = answer.starts[i + 1];
    const weight = weightOfHash[i];
    for (let j = starts[i]; j < starts[i + 1]; j++) {
      const frame = frames[j];
      for (let k = first; k < last; k++) {
        cells[n] = answer.positions[k] - frame;
        weights[n++] = weight;
      }
    }
  }
  return { count: n, cells, weights };
}

/** Cells are numbered modulo this. */
const CELLS = 2 ** 32;
/** A bucket of the histogram holds 2^ROUGH_BITS cells. */
export const ROUGH_BITS = 2;

/** About the `wanted` cells with the greatest weight, best first: some lighter ones may be missing, and those below `least`, if given. */
export function propose(parts: Votes[], wanted: number, least = 0): Proposal[] {
  const sums = roughSums(parts);
  return heaviest(heavyVotes(parts, sums, least || threshold(sums, 2 * wanted)), wanted);
}

/** Sums the votes for each cell; returns the heaviest ones, best first. */
export function heaviest(votes: Votes, wanted: number): Proposal[] {
  const keys = sortedKeys(votes);
  const { length } = keys;
  const cells = new Uint32Array(length);
  const weights = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    cells[i] = keys[i] / 256;
    weights[i] = keys[i] - cells[i] * 256;
  }
  // As cell - weight x 2^32: sorted, the heaviest comes first and of equal ones the earliest.
  const found = new Float64Array(length);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  let lastWeight = 0;
  for (let i = 0, from = 0, to = 0, weight = 0; i < length; ) {
    const cell = cells[i];
    while (to < length && cells[to] <= cell + TOLERANCE) weight += weights[to++];
    while (cells[from] < cell - TOLERANCE) weight -= weights[from++];
    while (cells[i] === cell) i++;
    if (cell - last > 2 * TOLERANCE) count++;
    else if (weight <= lastWeight) continue;
    found[count - 1] = cell - weight * CELLS;
    last = cell;
    lastWeight = weight;
  }
  return Array.from(found.subarray(0, count).sort().subarray(0, wanted), (place) => {
    const weight = Math.ceil(-place / CELLS);
    return { cell: place + weight * CELLS, weight };
  });
}

/** The weight in each bucket of the histogram; the tape is wound around it as often as it takes. */
export function roughSums(parts: Votes[]): Uint16Array {
  const bits = Math.min(22, Math.max(12, Math.ceil(Math.log2(countOf(parts))) + 1));
  const sums = new Uint16Array(2 ** bits);
  const mask = sums.length - 1;
  for (const { count, cells, weights } of parts) {
    for (let i = 0; i < count; i++) {
      const at = (cells[i] >>> ROUGH_BITS) & mask;
      const sum = sums[at] + weights[i];
      sums[at] = Math.min(sum, 0xffff);
    }
  }
  return sums;
}

/** The votes of all buckets that may hold a cell of this weight. */
export function heavyVotes(parts: Votes[], sums: Uint16Array, least: number): Votes {
  return votesIn(heavyBuckets(sums, least), parts);
}

/** 1 for each bucket that may hold a cell of this weight. A place may straddle two buckets; the sum of both is an upper bound for its weight. */
function heavyBuckets(sums: Uint16Array, least: number): Uint8Array {
  const mask = sums.length - 1;
  const heavy = new Uint8Array(sums.length);
  for (let at = 0; at <= mask; at++) {
    const next = (at + 1) & mask;
    if (sums[at] + sums[next] >= least) heavy[at] = heavy[next] = 1;
  }
  return heavy;
}

function votesIn(buckets: Uint8Array, parts: Votes[]): Votes {
  const mask = buckets.length - 1;
  const found = roomFor(countOf(parts));
  for (const { count, cells, weights } of parts) {
    for (let i = 0; i < count; i++) {
      if (buckets[(cells[i] >>> ROUGH_BITS) & mask] !== 0) addVote(found, cells[i], weights[i]);
    }
  }
  return found;
}

const countOf = (parts: Votes[]) => parts.reduce((sum, { count }) => sum + count, 0);

/** An empty list with room for this many votes. */
export const roomFor = (votes: number): Votes => ({
  count: 0,
  cells: new Uint32Array(votes),
  weights: new Uint8Array(votes),
});

export function addVote(votes: Votes, cell: number, weight: number): void {
  votes.cells[votes.count] = cell;
  votes.weights[votes.count++] = weight;
}

/** The votes as numbers, cell x 256 + weight, in ascending order. */
function sortedKeys({ count, cells, weights }: Votes): Float64Array {
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = cells[i] * 256 + weights[i];
  return keys.sort();
}

/** A threshold that the sums of about `wanted` pairs of neighbouring buckets reach. */
export function threshold(sums: Uint16Array, wanted: number): number {
  const mask = sums.length - 1;
  const histogram = new Uint32Array(4096);
  for (let at = 0; at <= mask; at++) histogram[Math.min(4095, (sums[at] + sums[(at + 1) & mask]) >> 3)]++;
  let level = 4095;
  for (let reached = histogram[level]; level > 1 && reached < wanted; ) reached += histogram[--level];
  return level << 3;
}
