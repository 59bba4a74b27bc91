/** What fronts and matchers send each other, as JSON. A clip is sent as `packClip` made it. */
import type { NearPrint } from '../../engine/shards/shard-group.ts';
import type { Findings, Round } from '../../match/shards/findings.ts';
import type { Track } from '../../types.ts';

/** Raise it when a message changes. Front and matchers must have the same. */
export const PROTOCOL = 1;
const rounds: Record<Round, true> = {
  ...{ landmarks: true, likeliest: true, scan: true },
  ...{ speeds: true, farSpeeds: true, farthestSpeeds: true },
};
export const ROUNDS = Object.keys(rounds) as Round[];

/** What a matcher has. */
export interface MatcherStatus {
  protocol: number;
  /** FORMAT of the kernel that made the prints. */
  kernelFormat: number;
  /** Those that are ready. */
  shards: { number: number; tracks: number; seconds: number }[];
}

export interface FoundAnswer<R extends Round = Round> {
  findings: Findings[R][];
}

interface NearRow {
  track: Track;
  format: number;
  frameCount: number;
  frames: number[];
  bins: number[];
  levels: number[];
}

export type NearAnswer = (NearRow | null)[];

export function nearRow(near: NearPrint | undefined): NearRow | null {
  if (!near) return null;
  const { track, print } = near;
  const { format, frameCount, frames, bins, levels } = print;
  return { track, format, frameCount, frames: [...frames], bins: [...bins], levels: [...levels] };
}

export function nearPrint(row: NearRow | null): NearPrint | undefined {
  if (!row) return undefined;
  const { track, format, frameCount, frames, bins, levels } = row;
  const print = {
    ...{ format, frameCount, count: frames.length },
    frames: Uint32Array.from(frames),
    bins: Uint16Array.from(bins),
    levels: Uint8Array.from(levels),
  };
  return { track, print };
}
