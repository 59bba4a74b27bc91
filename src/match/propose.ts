/**
 * Stage 1: where might this be? Every place of the library where a landmark of the clip occurs is a vote for the place
 * where the clip would begin. Places where many votes agree are worth a closer look.
 */
import type { Postings } from './index-view.ts';

/** Landmarks asked for: the distinct hashes, and the frames at which each occurs in the clip. */
export interface Question {
  /** Ascending. */
  hashes: Uint32Array;
  /** Of hashes[i]: frames[starts[i]] up to frames[starts[i + 1]]. */
  starts: Uint32Array;
  frames: Uint32Array;
}

/** One entry of each array per vote. */
export interface Votes {
  count: number;
  /** Position on the tape where the clip's frame 0 would lie; modulo 2^32. */
  cells: Uint32Array;
  /** The rarer the landmark, the more its vote weighs. */
  weights: Uint8Array;
}

/** A place worth a closer look. */
export interface Proposal {
  cell: number;
  weight: number;
  votes: number;
}

/** Votes as far apart as this are still about the same place. Frames, or cells. */
const TOLERANCE = 1;

/** A question from landmarks that may repeat, of several analyses of the same clip; a frame apart they are the same one. */
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

/** The same question in parts of so many hashes. */
export function partsOf({ hashes, starts, frames }: Question, size: number): Question[] {
  return Array.from({ length: Math.ceil(hashes.length / size) }, (_, i) => {
    const [from, to] = [i * size, (i + 1) * size];
    return { hashes: hashes.subarray(from, to), starts: starts.subarray(from, to + 1), frames };
  });
}

/** A hash and a frame share one number; 2^53 has room for 23 bits of hash and 30 of frames. */
const FRAME_SPAN = 2 ** 30;

/** How likely a landmark of a track is met where the track plays; only the weights' common level hangs on it. */
const MEETING = 0.05;
/** Steps of a weight per neper. */
const WEIGHT_SCALE = 8;

/** Votes of a question's answer, in a library whose tape is `tapeFrames` long. */
export function votesOf({ starts, frames }: Question, answer: Postings, tapeFrames: number): Votes {
  let size = 0;
  const hashCount = starts.length - 1;
  for (let i = 0; i < hashCount; i++) size += (starts[i + 1] - starts[i]) * (answer.starts[i + 1] - answer.starts[i]);
  const cells = new Uint32Array(size);
  const weights = new Uint8Array(size);
  let n = 0;
  for (let i = 0; i < hashCount; i++) {
    const first = answer.starts[i];
    const last = answer.starts[i + 1];
    // log of how much likelier the vote falls here if the clip is from here than by chance
    const weight = Math.min(255, Math.round(WEIGHT_SCALE * Math.log(1 + (MEETING * tapeFrames) / (last - first))));
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

/** Cells this near to each other (a power of 2) share one sum in the first, rough count. */
const ROUGH_BITS = 2;

/** The `wanted` places with the weightiest votes, best first; lighter ones than `least` are not asked for. */
export function propose(parts: Votes[], wanted: number, least = 0): Proposal[] {
  const votes = parts.reduce((sum, part) => sum + part.count, 0);
  if (votes === 0) return [];
  const keys = heavyVotes(parts, votes, wanted, least).sort();
  const found: Proposal[] = [];
  let from = 0;
  let to = 0;
  let weight = 0;
  for (let i = 0; i < keys.length; ) {
    const cell = Math.floor(keys[i] / 256);
    while (to < keys.length && keys[to] < (cell + TOLERANCE + 1) * 256) weight += keys[to++] % 256;
    while (keys[from] < (cell - TOLERANCE) * 256) weight -= keys[from++] % 256;
    const last = found[found.length - 1];
    if (!last || cell - last.cell > 2 * TOLERANCE) found.push({ cell, weight, votes: to - from });
    else if (weight > last.weight) found[found.length - 1] = { cell, weight, votes: to - from };
    while (i < keys.length && keys[i] < (cell + 1) * 256) i++;
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, wanted);
}

/** The votes in places that may be among the `wanted` weightiest, as cell x 256 + weight. */
function heavyVotes(parts: Votes[], votes: number, wanted: number, known: number): Float64Array {
  const bits = Math.min(22, Math.max(12, Math.ceil(Math.log2(votes)) + 1));
  const mask = 2 ** bits - 1;
  const sums = new Uint16Array(mask + 1);
  for (const { count, cells, weights } of parts) {
    for (let i = 0; i < count; i++) {
      const at = (cells[i] >>> ROUGH_BITS) & mask;
      const sum = sums[at] + weights[i];
      sums[at] = Math.min(sum, 0xffff);
    }
  }
  // A place may lie across the border of two buckets: their sum bounds it from above.
  const least = known || threshold(sums, mask, 2 * wanted);
  const heavy = new Uint8Array(mask + 1);
  for (let at = 0; at <= mask; at++) {
    const next = (at + 1) & mask;
    if (sums[at] + sums[next] >= least) heavy[at] = heavy[next] = 1;
  }
  let n = 0;
  for (const { count, cells } of parts) {
    for (let i = 0; i < count; i++) n += heavy[(cells[i] >>> ROUGH_BITS) & mask];
  }
  const keys = new Float64Array(n);
  n = 0;
  for (const { count, cells, weights } of parts) {
    for (let i = 0; i < count; i++) {
      if (heavy[(cells[i] >>> ROUGH_BITS) & mask]) keys[n++] = cells[i] * 256 + weights[i];
    }
  }
  return keys;
}

/** A sum of neighbouring buckets that about `wanted` of them reach. */
function threshold(sums: Uint16Array, mask: number, wanted: number): number {
  const histogram = new Uint32Array(4096);
  for (let at = 0; at <= mask; at++) histogram[Math.min(4095, (sums[at] + sums[(at + 1) & mask]) >> 3)]++;
  let level = 4095;
  for (let reached = histogram[level]; level > 1 && reached < wanted; ) reached += histogram[--level];
  return level << 3;
}
