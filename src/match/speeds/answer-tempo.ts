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

/** Finer steps that are tried around the best tempo: up to 2 % either way. */
const FINER = Array.from({ length: 8 }, (_, i) => (i + 1) / 400).flatMap((change) => [change, -change]);

export function atBestTempo(print: Print, field: Field, answer: Warped): Warped {
  const best = likeliest(atTempos(print, field, answer, TEMPOS));
  const isBetter = scoreOf(best.evidence) >= scoreOf(answer.evidence) + LEAST_GAIN;
  const found = isBetter ? best : answer;
  return isTempoOnly(found) ? likeliest([found, ...atTempos(print, field, found, finerThan(found.warp.tempo))]) : found;
}

const finerThan = (tempo: number) => FINER.map((change) => tempo + change);

/** At another tempo and nearly its own pitch. Where both differ, the pitch says how fast it plays, and small gains mislead. */
const isTempoOnly = ({ warp: { tempo, pitch } }: Warped) =>
  tempo !== 1 && Math.abs(pitch - 1) < Math.abs(tempo - 1) / 2;

/** The answer at each of these tempos, once for each anchor: the part of the clip that keeps its place in the track. */
function atTempos(print: Print, field: Field, answer: Warped, tempos: number[]): Warped[] {
  const { pitch } = answer.warp;
  return ANCHORS.flatMap((share) =>
    tempos.map((tempo) => around(print, field, answer, share * field.frameCount, { tempo, pitch })),
  );
}
