/** Makes the timeline of a session from what the engine recognised. */
import type { Track } from '../types.ts';
import type { Gap, Stretch, StretchTrack } from './session-model.ts';

/** A part of the sound in which a track was recognised. */
interface HeardStretch {
  track: Track;
  fromSeconds: number;
  toSeconds: number;
  trackSeconds: number;
  speed: number;
  confidence: number;
}

/** Shorter pauses between two songs are not gaps. */
const LEAST_GAP_SECONDS = 2;

export function stretchTrackOf({
  id,
  contentId,
  title,
  artist,
  album,
  year,
  trackNumber,
  seconds,
}: Track): StretchTrack {
  return {
    title,
    ...(artist !== undefined && { artist }),
    ...(album !== undefined && { album }),
    ...(year !== undefined && { year }),
    ...(trackNumber !== undefined && { trackNumber }),
    ...{ contentId, length: seconds, id },
  };
}

export const stretchesOf = (heard: readonly HeardStretch[]): Stretch[] =>
  heard.map(({ track, ...stretch }, i) => ({ number: i + 1, track: stretchTrackOf(track), ...stretch }));

/** The gaps between, before and after stretches; `partsOf` divides a gap by its sound. */
export function gapsOf(
  stretches: readonly Pick<Stretch, 'fromSeconds' | 'toSeconds'>[],
  seconds: number,
  partsOf: (fromSeconds: number, toSeconds: number) => Gap[],
): Gap[] {
  const gaps: Gap[] = [];
  let until = 0;
  const add = (fromSeconds: number, toSeconds: number) => {
    if (toSeconds - fromSeconds >= LEAST_GAP_SECONDS) gaps.push(...partsOf(fromSeconds, toSeconds));
  };
  for (const { fromSeconds, toSeconds } of stretches) {
    add(until, fromSeconds);
    until = Math.max(until, toSeconds);
  }
  add(until, seconds);
  return gaps;
}
