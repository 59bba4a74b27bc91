/**
 * Finds the exact speed and pitch. In: a roughly known place and its evidence. Out: the warp at which the print fits best, found by
 * hill climbing with steps that halve. Each step must improve the score by at least `LEAST_WARPED_GAIN` (`decide.ts`).
 */
import type { Print } from '../../types.ts';
import type { Field } from '../field/field.ts';
import type { Warp } from '../judge/align.ts';
import { LEAST_WARPED_GAIN, scoreOf } from '../judge/decide.ts';
import { type Evidence, evidenceAt } from '../judge/evidence.ts';

/** First and smallest step, and the greatest distance from the print's speed. */
const WIDEST = 0.008;
const FINEST = 0.001;
const FARTHEST = 0.32;
export interface Warped {
  evidence: Evidence;
  warp: Warp;
}

interface StepSizes {
  widest: number;
  finest: number;
  /** The least gain in score that a step must bring. */
  gain: number;
  directions: Warp[];
}

/** Both together (played faster), tempo alone, pitch alone. */
export const DIRECTIONS: Warp[] = [
  { tempo: 1, pitch: 1 },
  { tempo: 1, pitch: 0 },
  { tempo: 0, pitch: 1 },
];

export function refine(print: Print, field: Field, from: Warped): Warped {
  const steps = { widest: WIDEST, finest: FINEST, gain: LEAST_WARPED_GAIN, directions: DIRECTIONS };
  return climb(print, field, from, steps);
}

export function climb(
  print: Print,
  field: Field,
  from: Warped,
  { widest, finest, gain, directions }: StepSizes,
): Warped {
  let best: Warped = { evidence: from.evidence, warp: from.warp };
  const middle = field.frameCount / 2;
  for (let step = widest; step >= finest; ) {
    const needed = scoreOf(best.evidence) + gain;
    let better: Warped | undefined;
    for (const direction of directions) {
      for (const change of [step, -step]) {
        const tempo = best.warp.tempo + change * direction.tempo;
        const pitch = best.warp.pitch + change * direction.pitch;
        if (Math.abs(tempo - 1) > FARTHEST || Math.abs(pitch - 1) > FARTHEST) continue;
        const tried = around(print, field, best, middle, { tempo, pitch });
        if (scoreOf(tried.evidence) > (better ? scoreOf(better.evidence) : needed)) better = tried;
      }
    }
    if (better) best = better;
    else step /= 2;
  }
  return best;
}

/** The evidence with another warp, such that `frame` of the clip stays at its place in the track. */
export function around(print: Print, field: Field, from: Warped, frame: number, warp: Warp): Warped {
  const start = from.evidence.start + frame * (from.warp.tempo - warp.tempo);
  return { evidence: evidenceAt(print, field, start, warp), warp };
}
