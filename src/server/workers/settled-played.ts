/**
 * Determines which tracks of a live session are over. The end of the engine's list may still change, because a track that continues after a
 * gap is one play. So the last one counts as over only after a while.
 */
import type { Played } from '../../engine/api.ts';

/** Longer than most announcements over a song. */
const SETTLE_SECONDS = 60;

export class SettledPlayed {
  private told = 0;

  /** What is over now and was not returned before. `seconds`: sound heard so far, or Infinity at the end. */
  take(played: readonly Played[], seconds: number): Played[] {
    const last = played.at(-1);
    const isLastOver = last !== undefined && seconds - last.toSeconds > SETTLE_SECONDS;
    const over = isLastOver ? played.length : played.length - 1;
    const fresh = played.slice(this.told, Math.max(this.told, over));
    this.told += fresh.length;
    return fresh;
  }
}
