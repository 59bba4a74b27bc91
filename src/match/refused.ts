/**
 * A person said that a track was not what sounded. In: the print of that sound, a clip's field, and the score of the track there.
 * Out: whether the clip is that sound again. It is if it fits the sound better than the track, wherever in the clip the sound lies.
 * The track itself fits better than a sound that was mistaken for it, so it is named as before.
 */
import type { Print } from '../types.ts';
import { AS_LEARNT } from './align.ts';
import { scoreOf } from './decide.ts';
import { evidenceAt } from './evidence.ts';
import type { Field } from './field.ts';
import { Scanner } from './scan.ts';

/** Least fit of a place, and how many of the best are looked at. */
const LEAST_FIT = 3;
const PLACES = 5;

export function isRefusedSound(refused: readonly Print[], field: Field, score: number, ordinaryTones: number): boolean {
  const scanner = new Scanner(field);
  return refused.some((print) =>
    scanner
      .scan(print, LEAST_FIT)
      .sort((a, b) => b.fit - a.fit)
      .slice(0, PLACES)
      .some(({ start }) => scoreOf(evidenceAt(print, field, start, AS_LEARNT), false, ordinaryTones) > score),
  );
}
