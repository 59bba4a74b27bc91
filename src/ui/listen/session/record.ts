/** Stores sound that was heard before the user asked as a session, too. The engine stores live sessions itself. */
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
