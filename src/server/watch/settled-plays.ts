/**
 * Determines which plays of a session are over. The end of the engine's list may still change, because a track that continues after a gap
 * is one play. So the last play counts as over only after a while.
 */
import type { Played } from '../../engine/api.ts';
import { isoOf, type Play, playedTrack, tenth } from './station-play.ts';

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

export class SettledPlays {
  private readonly settled = new SettledPlayed();

  constructor(
    private readonly station: string,
    /** When the session began, in milliseconds since 1970. */
    private readonly beganMs: number,
  ) {}

  take(played: readonly Played[], seconds: number): Play[] {
    return this.settled.take(played, seconds).map((entry) => this.playOf(entry));
  }

  private playOf({ track, fromSeconds, toSeconds, trackSeconds, confidence, speed }: Played): Play {
    return {
      station: this.station,
      began: isoOf(this.beganMs + 1000 * fromSeconds),
      seconds: tenth(toSeconds - fromSeconds),
      track: playedTrack(track),
      trackSeconds: tenth(trackSeconds),
      confidence: Math.round(1000 * confidence) / 1000,
      speed: Math.round(1000 * speed) / 1000,
    };
  }
}
