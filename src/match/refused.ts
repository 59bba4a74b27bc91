/**
 * For sounds that the user marked as a wrong answer. In: the print of such a sound, a clip's field, and the score of the track there.
 * Out: whether the clip is that sound again: it is if the sound fits the clip better than the track does, at any place. The real track
 * fits better than a sound that was mistaken for it, so it is still named.
 */
import type { Print } from '../types.ts';
import { AS_LEARNT } from './align.ts';
import { scoreOf } from './decide.ts';
import { evidenceAt } from './evidence.ts';
import type { Field } from './field.ts';
import { Scanner } from './scan.ts';

/** Least fit of a place, and how many of the best places are examined. */
const LEAST_FIT = 3;
const PLACES = 5;

export function isRefusedSound(refused: readonly Print[], field: Field, score: number, ordinaryTones: number): boolean {
  const scanner = new Scanner(field);
  return refused.some((print) =>
    scanner
      .scan(print, LEAST_FIT)
      .sort((a, b) => b.fit - a.fit)
      .slice(0, PLACES)
      .some(({ start }) => scoreOf(evidenceAt(print, field, start, AS_LEARNT), { ordinaryTones }) > score),
  );
}
