/** Sound that was heard before anybody asked is kept as a session, too; what is heard live the engine keeps by itself. */
import type { NewSession } from '../../../engine/api.ts';
import { stretchTrackOf } from '../../../sessions/timeline.ts';
import type { Recognition } from '../../../types.ts';

export function sessionOfClip({ matches, heardSeconds }: Recognition, endedMs: number): NewSession {
  return {
    began: Math.round(endedMs - 1000 * heardSeconds),
    source: 'recent',
    seconds: heardSeconds,
    stretches: matches.map(({ track, offsetSeconds, confidence, speed }, i) => ({
      number: i + 1,
      track: stretchTrackOf(track),
      fromSeconds: 0,
      toSeconds: heardSeconds,
      trackSeconds: offsetSeconds,
      confidence,
      speed,
    })),
    gaps: [],
    state: 'ended',
  };
}
