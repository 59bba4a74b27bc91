/**
 * A short part of a clip that plays at another tempo fits at the print's own as well, and from there no small step leads to the right
 * tempo. In: the best candidates. Out: places at tempos that leave this part where it is, if they fit far better.
 */
import type { Print } from '../../types.ts';
import { extentOf } from '../extent.ts';
import type { Field } from '../field/field.ts';
import type { Judged } from '../judge/candidates.ts';
import { scoreOf } from '../judge/decide.ts';
import type { Place } from '../judge/evidence.ts';
import { around, type Warped } from './refine.ts';

/** A candidate is looked at if its track is heard in less than this share of the clip. */
const PARTLY = 0.7;
/**
 * The least gain: the right tempo gains far more. In shorter clips than this many frames, regular rhythms of unrelated music may gain as
 * much, and the place is not far off.
 */
const LEAST_GAIN = 4;
const LEAST_FRAMES = 300;
/** Up to a tenth slower or faster. */
export const TEMPOS = Array.from({ length: 10 }, (_, i) => (i + 1) / 100).flatMap((change) => [1 + change, 1 - change]);

export function placesAtOtherTempos(judged: Judged[], printOf: (judged: Judged) => Print, field: Field): Place[] {
  if (field.frameCount < LEAST_FRAMES) return [];
  return judged.flatMap((place) => {
    const { evidence, warp } = place;
    if (warp.tempo !== 1 || warp.pitch !== 1) return [];
    const print = printOf(place);
    const heard = extentOf(print, field, evidence.start, warp);
    if (heard.to - heard.from > PARTLY * field.frameCount) return [];
    const middle = (heard.from + heard.to) / 2;
    const best = likeliest(TEMPOS.map((tempo) => around(print, field, place, middle, { tempo, pitch: 1 })));
    if (scoreOf(best.evidence) < scoreOf(evidence) + LEAST_GAIN) return [];
    return { track: place.track, start: best.evidence.start, warp: best.warp, isWarped: true };
  });
}

export const likeliest = (tried: Warped[]) =>
  tried.reduce((a, b) => (scoreOf(b.evidence) > scoreOf(a.evidence) ? b : a));
