/**
 * Finds where two tracks have the same sound, for a given approximate distance: the seconds in which many landmarks of one track are
 * found in the other at that distance.
 */
import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Landmarks } from '../../match/landmarks.ts';

/** A stretch of sound that two tracks share. */
export interface SharedStretch {
  /** Its beginning in each track. */
  fromSeconds: number;
  otherFromSeconds: number;
  seconds: number;
  /** Share of its landmarks that the other track has: 0.9 for the same file, 0.3 for a low bit rate. */
  alike: number;
}

/** Tolerance of a landmark's position, and of the given distance, in frames. */
const TOLERANCE_FRAMES = 2;
const SEARCH_FRAMES = 8;
/** Share of the landmarks of a second and the seconds around it that must be found. */
const ALIKE = 0.12;
const AROUND_SECONDS = 2;
/** Shorter gaps do not end a stretch. */
const GAP_SECONDS = 4;
const LEAST_SECONDS = 5;

/** Landmarks by hash. */
export type ByHash = Map<number, number[]>;

export function byHash({ count, hashes, frames }: Landmarks): ByHash {
  const map: ByHash = new Map();
  for (let i = 0; i < count; i++) {
    const known = map.get(hashes[i]);
    if (known) known.push(frames[i]);
    else map.set(hashes[i], [frames[i]]);
  }
  return map;
}

/** `about`: approximate distance: frame of the other track minus frame of this one. */
export function sharedStretches(landmarks: Landmarks, other: ByHash, about: number): SharedStretch[] {
  const { count, hashes, frames } = landmarks;
  const distance = exactDistance(landmarks, other, about);
  const seconds = Math.ceil((frames[count - 1] + 1) / FRAMES_PER_SECOND);
  const all = new Uint32Array(seconds);
  const met = new Uint32Array(seconds);
  for (let i = 0; i < count; i++) {
    const second = Math.floor(frames[i] / FRAMES_PER_SECOND);
    all[second]++;
    const places = other.get(hashes[i]);
    if (places?.some((frame) => Math.abs(frame - frames[i] - distance) <= TOLERANCE_FRAMES)) met[second]++;
  }
  const sum = (of: Uint32Array, from: number, to: number) =>
    of.subarray(Math.max(0, from), to).reduce((a, b) => a + b, 0);
  const isAlike = Array.from(all, (_, second) => {
    const [from, to] = [second - AROUND_SECONDS, second + AROUND_SECONDS + 1];
    const [heard, alike] = [sum(all, from, to), sum(met, from, to)];
    return met[second] > 0 && alike >= 4 && alike >= ALIKE * heard;
  });
  return stretchesOf(isAlike).map(([from, to]) => ({
    fromSeconds: from,
    otherFromSeconds: from + distance / FRAMES_PER_SECOND,
    seconds: to - from,
    alike: sum(met, from, to) / Math.max(1, sum(all, from, to)),
  }));
}

/** The distance near `about` at which most landmarks agree. */
function exactDistance({ count, hashes, frames }: Landmarks, other: ByHash, about: number): number {
  const votes = new Uint32Array(2 * SEARCH_FRAMES + 1);
  for (let i = 0; i < count; i++) {
    for (const frame of other.get(hashes[i]) ?? []) {
      const miss = frame - frames[i] - about + SEARCH_FRAMES;
      if (miss >= 0 && miss < votes.length) votes[miss]++;
    }
  }
  return about - SEARCH_FRAMES + votes.indexOf(Math.max(...votes));
}

/** The runs of true that are long enough, ignoring short gaps. */
function stretchesOf(isAlike: boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [second, alike] of isAlike.entries()) {
    if (!alike) continue;
    const last = runs.at(-1);
    if (last && second - last[1] <= GAP_SECONDS) last[1] = second + 1;
    else runs.push([second, second + 1]);
  }
  return runs.filter(([from, to]) => to - from >= LEAST_SECONDS);
}
