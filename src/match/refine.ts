/**
 * Finds the exact speed and pitch. In: a roughly known place and its evidence. Out: the warp at which the print fits best, found by
 * hill climbing with steps that halve. Each step must improve the score by at least `LEAST_WARPED_GAIN` (`decide.ts`).
 */
import type { Print } from '../types.ts';
import type { Warp } from './align.ts';
import { LEAST_WARPED_GAIN, scoreOf } from './decide.ts';
import { type Evidence, evidenceAt } from './evidence.ts';
import type { Field } from './field.ts';

/** First and smallest step, and the greatest distance from the print's speed. */
const WIDEST = 0.008;
const FINEST = 0.001;
const FARTHEST = 0.125;

interface Warped {
  evidence: Evidence;
  warp: Warp;
}

/** Directions: both together (played faster), tempo alone, pitch alone. */
const directions: Warp[] = [
  { tempo: 1, pitch: 1 },
  { tempo: 1, pitch: 0 },
  { tempo: 0, pitch: 1 },
];

export function refine(print: Print, field: Field, from: Warped): Warped {
  let best: Warped = { evidence: from.evidence, warp: from.warp };
  const middle = field.frameCount / 2;
  for (let step = WIDEST; step >= FINEST; ) {
    const needed = scoreOf(best.evidence) + LEAST_WARPED_GAIN;
    let better: Warped | undefined;
    for (const direction of directions) {
      for (const change of [step, -step]) {
        const tempo = best.warp.tempo + change * direction.tempo;
        const pitch = best.warp.pitch + change * direction.pitch;
        if (Math.abs(tempo - 1) > FARTHEST || Math.abs(pitch - 1) > FARTHEST) continue;
        // Keep the middle of the clip at the same frame of the track.
        const start = best.evidence.start + middle * (best.warp.tempo - tempo);
        const evidence = evidenceAt(print, field, start, { tempo, pitch });
        if (scoreOf(evidence) > (better ? scoreOf(better.evidence) : needed))
          better = { evidence, warp: { tempo, pitch } };
      }
    }
    if (better) best = better;
    else step /= 2;
  }
  return best;
}
