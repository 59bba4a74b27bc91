/** Writes the answers of a session to the history. A piece that continues is one entry, which grows. */
import type { Entry, HistoryStore } from '../../history/store.ts';
import type { Cell } from '../../parts/cell.ts';
import { showFault } from '../../parts/fault-toast.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Answered, Found } from './listening-state.ts';
import type { Session } from './session.ts';

/** Minimum time between two updates of a growing entry. */
const REWRITE_MS = 5000;

export function recordAnswers(session: Session, store: HistoryStore, settings: Cell<Settings>): void {
  let current: { piece?: number; id: Promise<number>; writtenMs: number } | undefined;

  session.state.subscribe(() => {
    if (session.state.value.name === 'asking') current = undefined;
  });

  session.onAnswer(({ source, found, piece }: Answered) => {
    const now = Date.now();
    if (piece && current?.piece === piece.number) {
      if (now - current.writtenMs < REWRITE_MS) return;
      current.writtenMs = now;
      const { confidence, fromSeconds, toSeconds } = piece;
      const answer = found && { ...answerOf(found), confidence };
      current.id.then((id) => store.change(id, { answer, seconds: toSeconds - fromSeconds })).catch(showFault);
      return;
    }
    if (!found && (!settings.value.keepsUnknown || session.keepsOn.value)) return;
    const at = piece ? now - (piece.toSeconds - piece.fromSeconds) * 1000 : now;
    const id = store.add({ at, source, answer: found && answerOf(found) });
    id.catch(showFault);
    current = found && { piece: piece?.number, id, writtenMs: now };
  });
}

function answerOf({ match, positionSeconds }: Found): NonNullable<Entry['answer']> {
  const { id, contentId, title, artist, album } = match.track;
  return {
    trackId: id,
    contentId,
    title,
    artist,
    album,
    positionSeconds,
    confidence: match.confidence,
    speed: match.speed,
  };
}
