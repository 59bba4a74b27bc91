/** After a reload, a recording is recognised again from its beginning. What was stored before is then in History a second time. */
import type { Session, Sessions } from '../../../engine/api.ts';

/** Only the newest sessions are looked at. */
const NEWEST = 50;
const SAME_SECONDS = 2;

/** Removes earlier, unfinished sessions of the same file, unless the user has changed them. */
export async function removeBegun(sessions: Sessions, whole: Session): Promise<void> {
  const { rows } = await sessions.list({ sources: ['file'], limit: NEWEST });
  const begun = rows.filter((session) => isBegun(session, whole));
  if (begun.length > 0) await sessions.remove(begun.map(({ id }) => id));
}

function isBegun(session: Session, whole: Session): boolean {
  const { id, name, began, seconds, state, note, stretches } = session;
  const isEarlier = id !== whole.id && name === whole.name && began < whole.began && seconds <= whole.seconds;
  const isChanged = note !== undefined || stretches.some(({ isEdited, verdict }) => isEdited || verdict);
  return isEarlier && state !== 'ended' && !isChanged && stretches.every((stretch) => isIn(whole, stretch));
}

const isIn = ({ stretches }: Session, { track, fromSeconds }: Session['stretches'][number]): boolean =>
  stretches.some(
    (other) => other.track.contentId === track.contentId && Math.abs(other.fromSeconds - fromSeconds) <= SAME_SECONDS,
  );
