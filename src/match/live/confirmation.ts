/** Confirmation: a place must be sure several times in a row, each time with new sound, before it is an answer. */
import type { Candidate } from '../judge/candidates.ts';
import { placeFrom, type Sighting } from './sighting.ts';

/** How many times in a row a place must reach the threshold. */
const TIMES = 2;
export const TIMES_CONTINUOUS = 4;
/** At this confidence once is enough, except in continuous listening. */
const CERTAIN = 0.98;
/** Places with at least this confidence are judged again with the next part: with more sound they may become sure. */
export const HOPEFUL = 0.2;
/** Two places this close count as the same. */
const SAME_PLACE_FRAMES = 6;

export class Confirmation {
  /** A likely place, or one that was sure `times` in a row, the last time at `endFrame`. */
  private hope: (Sighting & { times: number; endFrame: number }) | undefined;

  constructor(private readonly isContinuous: boolean) {}

  /** Whether the candidate, which is sure in a clip from `clipFrame` to `endFrame`, has been sure often enough. */
  confirms(candidate: Candidate, clipFrame: number, endFrame: number): boolean {
    const { hope } = this;
    const isSame =
      hope &&
      hope.candidate.track === candidate.track &&
      Math.abs(placeFrom(hope, clipFrame).start - candidate.start) <= SAME_PLACE_FRAMES;
    // The same sound may confirm a place only once.
    const times = isSame ? hope.times + (endFrame > hope.endFrame ? 1 : 0) : 1;
    this.hope = { candidate, clipFrame, times, endFrame };
    if (this.isContinuous) return times >= TIMES_CONTINUOUS;
    return times >= TIMES || candidate.confidence >= CERTAIN;
  }

  /** No candidate is sure; the best one may become so. */
  startAgain(best: Candidate | undefined, clipFrame: number): void {
    const isHopeful = best !== undefined && best.confidence >= HOPEFUL;
    this.hope = isHopeful ? { candidate: best, clipFrame, times: 0, endFrame: 0 } : undefined;
  }

  forget(): void {
    this.hope = undefined;
  }

  /** The place to judge again, if any. */
  get likely(): Sighting[] {
    return this.hope ? [this.hope] : [];
  }

  /** Whether the place was already sure. */
  get hasBegun(): boolean {
    return this.hope !== undefined && this.hope.times > 0;
  }
}
