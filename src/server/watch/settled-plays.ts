/**
 * Determines which plays of a session are over. Stretches may still change: one that continues after talk grows, and may be replaced by
 * a longer one. So a play is reported some time after its end, and a stretch of the same track that overlaps it is the same play.
 */
import type { Stretch } from '../../engine/api.ts';
import { isoOf, type Play, playedTrack, tenth } from './station-play.ts';

/** Longer than most announcements over a song. */
const SETTLE_SECONDS = 60;
/** Between stretches of one play, and how much longer than its track a play may seem. */
const TOLERANCE_SECONDS = 2;

export class SettledPlays {
  private readonly told: Stretch[] = [];

  constructor(
    private readonly station: string,
    /** When the session began, in milliseconds since 1970. */
    private readonly beganMs: number,
  ) {}

  /** What is over now and was not returned before. `seconds`: sound heard so far, or Infinity at the end. */
  take(stretches: readonly Stretch[], seconds: number): Play[] {
    const fresh = joined(stretches).filter(
      (stretch) =>
        seconds - stretch.toSeconds > SETTLE_SECONDS && !this.told.some((other) => isSamePlay(stretch, other)),
    );
    this.told.push(...fresh);
    return fresh.map((stretch) => this.playOf(stretch));
  }

  private playOf({ track, fromSeconds, toSeconds, trackSeconds, confidence, speed }: Stretch): Play {
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

function isSamePlay(one: Stretch, other: Stretch): boolean {
  return (
    one.track.contentId === other.track.contentId &&
    one.fromSeconds < other.toSeconds &&
    other.fromSeconds < one.toSeconds
  );
}

/**
 * Where a track repeats itself exactly, its first part may have been taken for a later one, and what follows for the first. Stretches of a
 * track that follow each other and are no longer than it are one play.
 */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const plays: Stretch[] = [];
  for (const stretch of stretches) {
    const last = plays.at(-1);
    if (!last || !isContinued(last, stretch)) plays.push(stretch);
    else
      plays[plays.length - 1] = {
        ...last,
        toSeconds: stretch.toSeconds,
        trackSeconds: Math.min(last.trackSeconds, stretch.trackSeconds),
      };
  }
  return plays;
}

function isContinued(last: Stretch, next: Stretch): boolean {
  return (
    last.track.contentId === next.track.contentId &&
    Math.abs(next.fromSeconds - last.toSeconds) < TOLERANCE_SECONDS &&
    next.toSeconds - last.fromSeconds < (last.track.length ?? 0) + TOLERANCE_SECONDS
  );
}
