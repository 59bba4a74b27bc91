/**
 * Where two tracks have the same sound, once it is known at which distance they may: seconds in which many landmarks of the
 * one are found in the other at that distance.
 */
import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Landmarks } from '../../match/landmarks.ts';

/** A stretch of sound that two tracks share. */
export interface SharedStretch {
  /** Where it begins in each. */
  fromSeconds: number;
  otherFromSeconds: number;
  seconds: number;
  /** Of its landmarks, how many are in the other: 0.9 for the same file, 0.3 for a low bit rate. */
  alike: number;
}

/** Frames by which a landmark may miss its place, and by which the distance may be wrong at first. */
const TOLERANCE_FRAMES = 2;
const SEARCH_FRAMES = 8;
/** Share of a second's landmarks that must be met, seconds around it included. */
const ALIKE = 0.12;
const AROUND_SECONDS = 2;
/** A shorter gap does not end a stretch. */
const GAP_SECONDS = 4;
const LEAST_SECONDS = 5;

/** Landmarks by their hash. */
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

/** `about`: frame of the other minus frame of this one, nearly. */
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

/** The distance near `about` at which most landmarks meet. */
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

/** From and to of the runs of true that are long enough, over short gaps. */
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
