/** A line along a track that is followed through the recording, and what several of them leave between them. */
import type { Line } from './line.ts';

export interface FollowedLine extends Line {
  confidence: number;
  fromFrame: number;
  toFrame: number;
  /** First frames of the first and last block in which it was heard. */
  firstHeard: number;
  lastHeard: number;
  /** Mean of the field's values at its peaks where it is heard. */
  mean: number;
}

/** Least confidence of a block in which a line is heard, and of one that is used to estimate its speed. */
export const HEARD = 0.5;
export const MEASURED = 0.9;

/** An echo may reach this far beyond the line it lies in. */
const ECHO_FRAMES = 43;

/** Extends `known` by another line of the same track at the same place. */
export function join(known: FollowedLine, line: FollowedLine): void {
  known.fromFrame = Math.min(known.fromFrame, line.fromFrame);
  known.toFrame = Math.max(known.toFrame, line.toFrame);
  known.firstHeard = Math.min(known.firstHeard, line.firstHeard);
  known.lastHeard = Math.max(known.lastHeard, line.lastHeard);
  known.confidence = Math.max(known.confidence, line.confidence);
}

/** The longest part from `from` to `to` in which none of the lines is heard. */
export function longestWithout(lines: readonly FollowedLine[], from: number, to: number): [from: number, to: number] {
  let best: [number, number] = [from, from];
  let begin = from;
  const take = (until: number) => {
    if (until - begin > best[1] - best[0]) best = [begin, until];
  };
  const within = lines
    .filter(({ fromFrame, toFrame }) => fromFrame < to && toFrame > from)
    .sort((a, b) => a.fromFrame - b.fromFrame);
  for (const { fromFrame, toFrame } of within) {
    take(Math.min(to, fromFrame));
    begin = Math.max(begin, toFrame);
  }
  take(to);
  return best;
}

/** A track that repeats itself may fit at two places: the shorter line within the longer one is left out. */
export function withoutEchoes(lines: readonly FollowedLine[]): FollowedLine[] {
  return lines.filter(
    (line) =>
      !lines.some(
        (other) =>
          other !== line &&
          other.track === line.track &&
          other.fromFrame <= line.fromFrame + ECHO_FRAMES &&
          other.toFrame >= line.toFrame - ECHO_FRAMES &&
          other.toFrame - other.fromFrame > line.toFrame - line.fromFrame,
      ),
  );
}
