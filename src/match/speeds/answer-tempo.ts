/**
 * The tempo of an answer. What is found at the wrong tempo may fit in a part of the clip only (`other-tempos.ts`), so that its speed is wrong
 * and its beginning is up to 0.3 s off. In: an answer. Out: the same near its exact tempo, where it fits better there.
 */
import type { Print } from '../../types.ts';
import type { Field } from '../field/field.ts';
import { scoreOf } from '../judge/decide.ts';
import { likeliest, TEMPOS } from './other-tempos.ts';
import { around, type Warped } from './refine.ts';

/** The least gain, which changes only where and how fast the track plays. Clips at the right tempo gain up to 1.2. */
const LEAST_GAIN = 2;
/** Which part of the clip may fit already, as shares of its length. */
const ANCHORS = [1 / 6, 1 / 2, 5 / 6];

export function atBestTempo(print: Print, field: Field, answer: Warped): Warped {
  const { pitch } = answer.warp;
  const frames = ANCHORS.map((share) => share * field.frameCount);
  const best = likeliest(
    frames.flatMap((frame) => TEMPOS.map((tempo) => around(print, field, answer, frame, { tempo, pitch }))),
  );
  return scoreOf(best.evidence) < scoreOf(answer.evidence) + LEAST_GAIN ? answer : best;
}
