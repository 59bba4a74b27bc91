/**
 * Which speed and pitch exactly? Climbs from a place found roughly to the warp at which its print fits best.
 */
import type { Print } from '../types.ts';
import { LEAST_WARPED_GAIN, scoreOf } from './decide.ts';
import { type Evidence, verify, type Warp } from './evidence.ts';
import type { Field } from './field.ts';

/** First and smallest step. */
const WIDEST = 0.008;
const FINEST = 0.001;
/** Farther than this nothing is looked for. */
const FARTHEST = 0.125;

export interface Warped {
  evidence: Evidence;
  warp: Warp;
}

/** Ways to step: both (the sound runs faster), tempo alone, pitch alone. */
const ways: Warp[] = [
  { tempo: 1, pitch: 1 },
  { tempo: 1, pitch: 0 },
  { tempo: 0, pitch: 1 },
];

export function refine(print: Print, field: Field, from: Warped): Warped {
  let best = from;
  const middle = field.frameCount / 2;
  for (let step = WIDEST; step >= FINEST; ) {
    const needed = scoreOf(best.evidence) + LEAST_WARPED_GAIN;
    let better: Warped | undefined;
    for (const way of ways) {
      for (const sign of [step, -step]) {
        const warp = { tempo: best.warp.tempo + sign * way.tempo, pitch: best.warp.pitch + sign * way.pitch };
        if (Math.abs(warp.tempo - 1) > FARTHEST || Math.abs(warp.pitch - 1) > FARTHEST) continue;
        // the middle of the clip stays where it is
        const start = best.evidence.start + middle * (best.warp.tempo - warp.tempo);
        const evidence = verify(print, field, start, warp);
        if (scoreOf(evidence) > (better ? scoreOf(better.evidence) : needed)) better = { evidence, warp };
      }
    }
    if (better) best = better;
    else step /= 2;
  }
  return best;
}
