/**
 * The history of earlier versions: a separate database with an entry for every answer. Each entry becomes a session; when these are
 * stored in the library, the old ones are deleted.
 */
import { type DBSchema, openDB } from 'idb';
import { type NewSession, SOURCES, type Stretch } from './session-model.ts';

const NAME = 'entendu-history';

interface OldHistorySchema extends DBSchema {
  entries: { key: number; value: unknown };
}

export async function oldHistory(): Promise<{ sessions: NewSession[]; forget(): Promise<void> }> {
  const database = await openDB<OldHistorySchema>(NAME, 1, {
    upgrade: (database) => {
      // A page that was closed while it made the store can leave it behind without a version.
      if (database.objectStoreNames.contains('entries')) return;
      database.createObjectStore('entries', { keyPath: 'id', autoIncrement: true });
    },
  });
  const rows = await database.getAll('entries');
  if (rows.length === 0) database.close();
  return {
    sessions: rows.flatMap((row) => sessionFrom(row) ?? []),
    async forget() {
      await database.clear('entries');
      database.close();
    },
  };
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const textOf = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
const spanOf = (value: unknown) => (isNumber(value) && value > 0 ? value : 0);
const fieldsOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

/** Converts an entry; undefined if it is invalid. */
function sessionFrom(entry: unknown): NewSession | undefined {
  const { id, at, source, fileName, answer, seconds, note } = fieldsOf(entry);
  if (!isNumber(id) || !isNumber(at) || Number.isNaN(new Date(at).getTime())) return undefined;
  const stretch = stretchFrom(answer, spanOf(seconds));
  return {
    id,
    began: at,
    source: SOURCES.find((known) => known === source) ?? 'microphone',
    ...(textOf(fileName) && { name: textOf(fileName) }),
    seconds: spanOf(seconds),
    stretches: stretch ? [stretch] : [],
    gaps: [],
    ...(textOf(note) && { note: textOf(note) }),
    state: 'ended',
  };
}

function stretchFrom(answer: unknown, seconds: number): Stretch | undefined {
  const { contentId, title, artist, album, positionSeconds, confidence, speed } = fieldsOf(answer);
  const shown = textOf(title);
  if (!shown) return undefined;
  return {
    number: 1,
    track: {
      title: shown,
      ...(textOf(artist) && { artist: textOf(artist) }),
      ...(textOf(album) && { album: textOf(album) }),
      ...(textOf(contentId) && { contentId: textOf(contentId) }),
    },
    fromSeconds: 0,
    toSeconds: seconds,
    trackSeconds: isNumber(positionSeconds) ? positionSeconds : 0,
    confidence: isNumber(confidence) ? confidence : 0,
    speed: isNumber(speed) ? speed : 1,
  };
}
