/** Stores all answers on this device, in a separate database. */
import type { DBSchema } from 'idb';
import type { TrackId } from '../../types.ts';
import type { Source } from '../listen/session/listening-state.ts';
import { type Cell, cell } from '../parts/cell.ts';
import { fieldsOf, oneOf } from '../parts/kept.ts';

export interface Entry {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  source: Source | 'file';
  /** Name of the file, if a file was recognised. */
  fileName?: string;
  /** Undefined if it was not in the library. */
  answer?: {
    trackId: TrackId;
    contentId: string;
    title: string;
    artist?: string;
    album?: string;
    /** Position in the track when it was recognised. */
    positionSeconds: number;
    confidence: number;
    speed: number;
  };
  /** How long the track was heard, in continuous listening or within a file. */
  seconds?: number;
  note?: string;
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const numberOf = (value: unknown): number | undefined => (isNumber(value) ? value : undefined);

/** Reads a stored row; undefined if it is invalid. */
export function entryFrom(row: unknown): Entry | undefined {
  const { id, at, source, fileName, answer, seconds, note } = fieldsOf(row);
  if (!isNumber(id) || !isNumber(at) || Number.isNaN(new Date(at).getTime())) return undefined;
  return {
    id,
    at,
    source: oneOf(['microphone', 'tab', 'recent', 'file'], source) ?? 'microphone',
    fileName: textOf(fileName),
    answer: answerFrom(answer),
    seconds: numberOf(seconds),
    note: textOf(note),
  };
}

function answerFrom(answer: unknown): Entry['answer'] {
  const { trackId, contentId, title, artist, album, positionSeconds, confidence, speed } = fieldsOf(answer);
  const shown = textOf(title);
  if (!shown) return undefined;
  return {
    trackId: numberOf(trackId) ?? 0,
    contentId: textOf(contentId) ?? '',
    title: shown,
    artist: textOf(artist),
    album: textOf(album),
    positionSeconds: numberOf(positionSeconds) ?? 0,
    confidence: numberOf(confidence) ?? 0,
    speed: numberOf(speed) ?? 1,
  };
}

interface Schema extends DBSchema {
  entries: { key: number; value: Entry; indexes: { at: number } };
}

export interface HistoryStore {
  /** Increases with each change. */
  version: Cell<number>;
  add(entry: Omit<Entry, 'id'>): Promise<number>;
  change(id: number, changes: Partial<Entry>): Promise<void>;
  /** Newest first. */
  list(): Promise<Entry[]>;
  remove(ids: number[]): Promise<void>;
  restore(entries: Entry[]): Promise<void>;
}

/** Loaded after the page; this takes less time than the first answer. */
async function openDatabase(name: string) {
  const { openDB } = await import('idb');
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('entries', { keyPath: 'id', autoIncrement: true }).createIndex('at', 'at');
    },
  });
}

export function openHistory(name = 'entendu-history'): HistoryStore {
  const opening = openDatabase(name);
  const version = cell(0);
  const changed = () => version.set(version.value + 1);
  return {
    version,
    async add(entry) {
      // The database assigns the key.
      const id = await (await opening).add('entries', entry as Entry);
      changed();
      return id;
    },
    async change(id, changes) {
      const transaction = (await opening).transaction('entries', 'readwrite');
      const before = await transaction.store.get(id);
      if (before) await transaction.store.put({ ...before, ...changes });
      await transaction.done;
      changed();
    },
    async list() {
      const rows: unknown[] = await (await opening).getAllFromIndex('entries', 'at');
      return rows.flatMap((row) => entryFrom(row) ?? []).reverse();
    },
    async remove(ids) {
      const transaction = (await opening).transaction('entries', 'readwrite');
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
      changed();
    },
    async restore(entries) {
      const transaction = (await opening).transaction('entries', 'readwrite');
      await Promise.all([...entries.map((entry) => transaction.store.put(entry)), transaction.done]);
      changed();
    },
  };
}
