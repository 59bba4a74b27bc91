/**
 * For sounds that the user marked as a wrong answer. In: the prints of such sounds, a clip's field, and the track where it fits. Out:
 * whether the clip holds such a sound. It does if, in some part of the clip, the sound fits better than the track does; the rest of
 * the clip is the same sound going on. The real track fits better than a sound that was mistaken for it, so it is still named.
 */
import type { Print } from '../../types.ts';
import { type Field, partOf } from '../field/field.ts';
import { Scanner } from '../scan/scan.ts';
import { AS_LEARNT, type Warp } from './align.ts';
import { scoreOf } from './decide.ts';
import { evidenceAt } from './evidence.ts';

/** Where a track fits a clip, which begins at its frame `start`. */
export interface Fitting {
  print: Print;
  start: number;
  warp: Warp;
  ordinaryTones: number;
}

/** Least fit of a place, and how many of the best places are examined. */
const LEAST_FIT = 3;
const PLACES = 5;
/** Least overlap of sound and clip, in frames (0.56 s), and how sure the sound must be there, as log odds. */
const LEAST_FRAMES = 24;
const LEAST_SCORE = 2;
/** How much better it must fit: among many moments of the track itself, one fits a little better by chance. */
const LEAD = 0.5;

export function isRefusedSound(refused: readonly Print[], track: Fitting, field: Field): boolean {
  const scanner = new Scanner(field);
  return refused.some((sound) =>
    scanner
      .scan(sound, LEAST_FIT)
      .sort((a, b) => b.fit - a.fit)
      .slice(0, PLACES)
      .some(({ start }) => isBetterThan(track, sound, start, field)),
  );
}

/** Whether a sound fits better than the track where it overlaps the clip, which begins at the frame `start` of the sound. */
function isBetterThan(track: Fitting, sound: Print, start: number, field: Field): boolean {
  const from = Math.max(0, -start);
  const to = Math.min(field.frameCount, sound.frameCount - start);
  if (to - from < LEAST_FRAMES) return false;
  const { print, warp, ordinaryTones } = track;
  const part = partOf(field, from, to);
  const score = scoreOf(evidenceAt(sound, part, start + from, AS_LEARNT), { ordinaryTones });
  const evidence = evidenceAt(print, part, track.start + from * warp.tempo, warp);
  return score > Math.max(LEAST_SCORE, scoreOf(evidence, { ordinaryTones }) + LEAD);
}
