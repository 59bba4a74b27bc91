/**
 * Music repeats itself: the places of a followed track at which the sound so far fits as well as at the followed one. In: sound as it
 * comes. Out: another place, as soon as it fits clearly better.
 */
import type { TrackId } from '../../types.ts';
import type { Field } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import type { Candidate } from '../judge/candidates.ts';
import { scoreOf } from '../judge/decide.ts';
import { evidenceAt, type Place } from '../judge/evidence.ts';

/** Places at most this many frames apart count as the same. */
const SAME_PLACE = 6;
/** Another place is followed once its score is CLEARLY_BETTER higher, and dropped once it is CLEARLY_WORSE lower. */
const CLEARLY_BETTER = 3;
const CLEARLY_WORSE = 6;

export class Repeats {
  private constructor(
    private readonly index: Index,
    private readonly track: TrackId,
    /** How many frames later in the track than the followed place. */
    private later: number[],
  ) {}

  /** Finds the other places for a match. */
  static async of(index: Index, field: Field, match: Candidate): Promise<Repeats> {
    const [[print], { answerPlaces }, { Scanner }] = await Promise.all([
      index.prints([match.track]),
      import('../answer-places.ts'),
      import('../scan/scan.ts'),
    ]);
    if (!print) return new Repeats(index, match.track, []);
    const places = answerPlaces(print, field, match, new Scanner(field));
    const later = places.map(({ start }) => start - match.start).filter((late) => Math.abs(late) > SAME_PLACE);
    return new Repeats(index, match.track, later);
  }

  /** If another place fits clearly better now: how many frames later in the track it is. */
  async better(field: Field, followed: Place): Promise<number | undefined> {
    if (this.later.length === 0) return undefined;
    const [print] = await this.index.prints([this.track]);
    if (!print) return undefined;
    const scoreAt = (late: number) => scoreOf(evidenceAt(print, field, followed.start + late, followed.warp));
    const own = scoreAt(0);
    const scores = new Map(this.later.map((late) => [late, scoreAt(late)]));
    this.later = this.later.filter((late) => scores.get(late)! > own - CLEARLY_WORSE);
    const [best] = this.later.sort((a, b) => scores.get(b)! - scores.get(a)!);
    if (best === undefined || scores.get(best)! < own + CLEARLY_BETTER) return undefined;
    this.later = [0, ...this.later].map((late) => late - best).filter((late) => late !== 0);
    return best;
  }
}
