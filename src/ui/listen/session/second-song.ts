/**
 * Listening ends with the first sure moment, which names one song. Judged as a whole, what was heard until then also names a second one
 * that sounds at the same time.
 */
import { type Listening, surenessOf } from '../../../engine/api.ts';
import type { Found } from './listening-state.ts';

/** Only songs that are at least very likely: it was a short moment. */
export async function withAlsoPlaying(found: Found, listening: Listening): Promise<Found> {
  const { matches } = await listening.conclude();
  const alsoPlaying = matches.filter(
    ({ track, confidence }) => track.id !== found.match.track.id && surenessOf(confidence) !== 'perhaps',
  );
  return { ...found, alsoPlaying };
}
