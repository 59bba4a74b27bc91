/**
 * Finds where two tracks have the same sound, on a given course: the seconds in which far more peaks of one track meet peaks of the
 * other than do so by chance. What chance gives is measured beside the course, since music with few, long tones meets itself often.
 */
import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Print } from '../../types.ts';
import { type Course, eachMeeting, wholeOf } from './meetings.ts';

/** A stretch of sound that two tracks share. */
export interface SharedStretch {
  /** Its beginning in each track. */
  fromSeconds: number;
  otherFromSeconds: number;
  /** Its length in the first track. */
  seconds: number;
  /** How much faster and higher the other track plays it: 1.02 is 2 %. */
  tempo: number;
  pitch: number;
  /** Share of its peaks that the other track has, beyond chance: 0.8 for the same file, 0.15 for a recording in a noisy room. */
  alike: number;
}

/** Tolerance of a peak's position, in frames. */
const TOLERANCE_FRAMES = 1;
/** How far beside the course chance is measured, in frames: no usual beat is a multiple of these. */
const BESIDE = [-29, -17, -11, 11, 17, 29];
/** Share of the peaks of a second and the seconds around it that must meet, beyond chance. */
const ALIKE = 0.08;
const AROUND_SECONDS = 2;
/** Standard deviations of what chance gives. */
const DEVIATIONS = 4;
/** Shorter gaps do not end a stretch. */
const GAP_SECONDS = 4;
const LEAST_SECONDS = 5;

export function sharedStretches(print: Print, other: Print, course: Course): SharedStretch[] {
  const seconds = Math.ceil(print.frameCount / FRAMES_PER_SECOND);
  const peaks = new Uint32Array(seconds);
  for (const frame of print.frames) peaks[secondOf(frame)]++;
  const met = metPerSecond(print, other, course, seconds);
  const chance = new Uint32Array(seconds);
  for (const beside of BESIDE) {
    const missed = metPerSecond(print, other, { ...course, distance: course.distance + beside }, seconds);
    for (let i = 0; i < seconds; i++) chance[i] += missed[i];
  }
  const sum = (of: Uint32Array, from: number, to: number) =>
    of.subarray(Math.max(0, from), to).reduce((a, b) => a + b, 0);
  const gain = (from: number, to: number) => sum(met, from, to) - sum(chance, from, to) / BESIDE.length;
  const isAlike = Array.from(peaks, (_, second) => {
    const [from, to] = [second - AROUND_SECONDS, second + AROUND_SECONDS + 1];
    const expected = sum(chance, from, to) / BESIDE.length;
    const least = Math.max(ALIKE * sum(peaks, from, to), DEVIATIONS * Math.sqrt(expected + 1));
    return met[second] > 0 && gain(from, to) >= least;
  });
  const alike = (from: number, to: number) => gain(from, to) / Math.max(1, sum(peaks, from, to));
  return runsOf(isAlike)
    .map(([from, to]) => trimmed(from, to, alike))
    .filter(([from, to]) => to - from >= LEAST_SECONDS)
    .map(([from, to]) => ({
      fromSeconds: from,
      otherFromSeconds: from / course.warp.tempo + course.distance / FRAMES_PER_SECOND,
      seconds: to - from,
      ...course.warp,
      alike: alike(from, to),
    }));
}

/** The same stretch, seen from the other track. */
export const turned = ({
  fromSeconds,
  otherFromSeconds,
  seconds,
  tempo,
  pitch,
  alike,
}: SharedStretch): SharedStretch => ({
  fromSeconds: otherFromSeconds,
  otherFromSeconds: fromSeconds,
  seconds: seconds / tempo,
  tempo: 1 / tempo,
  pitch: 1 / pitch,
  alike,
});

const secondOf = (frame: number) => Math.floor(frame / FRAMES_PER_SECOND);

/** Of each second, how many peaks meet one of the other track. */
function metPerSecond(print: Print, other: Print, course: Course, seconds: number): Uint32Array {
  const met = new Uint32Array(seconds);
  let last = -1;
  eachMeeting(print, other, course, { ...wholeOf(print), reach: TOLERANCE_FRAMES }, (peak) => {
    if (peak !== last) met[secondOf(print.frames[peak])]++;
    last = peak;
  });
  return met;
}

/** The runs of true, ignoring short gaps. */
function runsOf(isAlike: boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [second, alike] of isAlike.entries()) {
    if (!alike) continue;
    const last = runs.at(-1);
    if (last && second - last[1] <= GAP_SECONDS) last[1] = second + 1;
    else runs.push([second, second + 1]);
  }
  return runs;
}

/** Without the seconds at both ends that were alike only because of the seconds around them. */
function trimmed(from: number, to: number, alike: (from: number, to: number) => number): [number, number] {
  const least = alike(from, to) / 2;
  let [first, end] = [from, to];
  while (first < end && alike(first, first + 1) < least) first++;
  while (end > first && alike(end - 1, end) < least) end--;
  return [first, end];
}
