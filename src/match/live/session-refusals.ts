/** Where tracks were refused in a session (`match/judge/refused.ts`): they are not named while the same sound goes on. */
import type { TrackId } from '../../types.ts';
import { type Candidate, refusedLast } from '../judge/candidates.ts';
import { placeFrom, type Sighting } from './sighting.ts';

/** The same sound goes on at the same place of the track; within half a second, because its speed is not known exactly. */
const SAME_SOUND_FRAMES = 22;

export class SessionRefusals {
  /** The last refused place of each track. */
  private readonly refused = new Map<TrackId, Sighting>();

  /** Whether a track that fits at `start` a clip from `clipFrame` on is what was refused before. */
  isRefused(track: TrackId, start: number, clipFrame: number): boolean {
    const refused = this.refused.get(track);
    return refused !== undefined && Math.abs(placeFrom(refused, clipFrame).start - start) <= SAME_SOUND_FRAMES;
  }

  /** Candidates for a clip from `clipFrame` on, the refused ones last and without confidence. Remembers where they were refused. */
  refusedLast(ranked: Candidate[], clipFrame: number): Candidate[] {
    return refusedLast(ranked, (candidate) => {
      const isRefused = candidate.isRefused || this.isRefused(candidate.track, candidate.start, clipFrame);
      if (isRefused) this.refused.set(candidate.track, { candidate, clipFrame });
      return isRefused;
    });
  }
}
