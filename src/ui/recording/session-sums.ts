/** How much of a session is music of the library, and how much may be music but is unknown. Talk, noise and silence are neither. */
import type { Session } from '../../engine/api.ts';
import { heardIn } from '../history/session-words.ts';

const lengthOf = (spans: readonly { fromSeconds: number; toSeconds: number }[]): number =>
  spans.reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);

export const musicSeconds = (session: Session): number => Math.min(session.seconds, lengthOf(heardIn(session)));

export const unknownSeconds = ({ gaps }: Session): number =>
  lengthOf(gaps.filter(({ sound }) => sound === 'music' || sound === 'unclear'));
