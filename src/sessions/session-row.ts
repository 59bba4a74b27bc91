/** Packs and validates rows of the stores `sessions` and `strips`. See `library/FORMAT.md`. */

import type { Json } from '../library/rows/row-checks.ts';
import { isIntact, writeChecksum } from '../library/shelf/checksum.ts';
import type { Row } from '../library/shelf/shelf.ts';
import {
  GAP_SOUNDS,
  type Gap,
  type Session,
  SOURCES,
  type Stretch,
  type StretchTrack,
  type Strip,
} from './session-model.ts';

/** A stored session. */
export interface SessionRow extends Omit<Session, 'state'> {
  /** The session had not ended when this was written. */
  isRunning?: boolean;
  /** It was known to be cut when this was written. */
  isCut?: boolean;
  /** When the row was written, and when the session was removed, in milliseconds since 1970. */
  written: number;
  removed?: number;
}

/** A running session is written every minute. If its row is older than this, the session was interrupted. */
const CUT_AFTER_MS = 150_000;

export function rowOf({ state, ...session }: Session, written: number): SessionRow {
  const stretches = session.stretches.map(({ track: { id, ...track }, ...stretch }) => ({ ...stretch, track }));
  const unended = { ...(state === 'running' && { isRunning: true }), ...(state === 'cut' && { isCut: true }) };
  return { ...session, stretches, written, ...unended };
}

export function sessionOf({ isRunning, isCut, written, removed, ...session }: SessionRow, now: number): Session {
  const isInterrupted = isCut || (isRunning && now - written > CUT_AFTER_MS);
  const state = isInterrupted ? 'cut' : isRunning ? 'running' : 'ended';
  return { ...session, state };
}

/** JSON as UTF-8, then a checksum. */
export function packSession(row: SessionRow): Row {
  const text = new TextEncoder().encode(JSON.stringify(row));
  const bytes = new Uint8Array(text.length + 4);
  bytes.set(text);
  return writeChecksum(bytes);
}

/** Undefined if the row is damaged or invalid. */
export function unpackSession(id: number, row: Row): SessionRow | undefined {
  if (!isIntact(row)) return undefined;
  try {
    return checkedSession({ ...JSON.parse(new TextDecoder().decode(row.subarray(0, -4))), id });
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isSpan = (value: unknown): value is number => isNumber(value) && value >= 0;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isOneOf = (values: readonly string[], value: unknown) => values.includes(value as string);
const maybe = (is: (value: unknown) => boolean, value: unknown) => value === undefined || is(value);
const isTime = (value: unknown) => isNumber(value) && !Number.isNaN(new Date(value).getTime());

/** Validates a session from a row or a backup; undefined if it is invalid. */
export function checkedSession(value: unknown): SessionRow | undefined {
  if (!isObject(value)) return undefined;
  const isSane =
    isCount(value.id) &&
    isTime(value.began) &&
    isOneOf(SOURCES, value.source) &&
    isSpan(value.seconds) &&
    [value.name, value.note].every((text) => maybe(isText, text)) &&
    Array.isArray(value.stretches) &&
    value.stretches.every(isStretch) &&
    Array.isArray(value.gaps) &&
    value.gaps.every(isGap) &&
    maybe(isFault, value.fault) &&
    isSpan(value.written) &&
    maybe(isSpan, value.removed);
  return isSane ? ({ ...value, hasStrip: value.hasStrip === true } as unknown as SessionRow) : undefined;
}

const isFault = (value: unknown) => isObject(value) && isText(value.name) && isText(value.message);

function isStretch(value: unknown): value is Stretch {
  if (!isObject(value)) return false;
  const { number, track, fromSeconds, toSeconds, trackSeconds, confidence, speed, verdict } = value;
  return (
    isCount(number) &&
    isTrack(track) &&
    isSpan(fromSeconds) &&
    isSpan(toSeconds) &&
    [trackSeconds, confidence, speed].every(isNumber) &&
    maybe((given) => isOneOf(['right', 'wrong'], given), verdict)
  );
}

function isTrack(value: unknown): value is StretchTrack {
  if (!isObject(value)) return false;
  const { title, artist, album, contentId, year, trackNumber, length } = value;
  return (
    isText(title) &&
    [artist, album, contentId].every((text) => maybe(isText, text)) &&
    [year, trackNumber, length].every((number) => maybe(isNumber, number))
  );
}

const isGap = (value: unknown): value is Gap =>
  isObject(value) && isSpan(value.fromSeconds) && isSpan(value.toSeconds) && isOneOf(GAP_SOUNDS, value.sound);

const STRIP_VERSION = 1;
/** u8 version | u8 bands | u16 0 | u32 columns | f64 seconds per column. */
const STRIP_HEADER = 16;

export function packStrip({ secondsPerColumn, bands, columns, levels, rows }: Strip): Row {
  const bytes = new Uint8Array(STRIP_HEADER + columns * (bands + 1) + 4);
  const view = new DataView(bytes.buffer);
  bytes[0] = STRIP_VERSION;
  bytes[1] = bands;
  view.setUint32(4, columns, true);
  view.setFloat64(8, secondsPerColumn, true);
  bytes.set(levels.subarray(0, columns), STRIP_HEADER);
  bytes.set(rows.subarray(0, columns * bands), STRIP_HEADER + columns);
  return writeChecksum(bytes);
}

/** Undefined if the row is damaged, or of a later version. */
export function unpackStrip(row: Row): Strip | undefined {
  if (row.length < STRIP_HEADER + 4 || row[0] !== STRIP_VERSION || !isIntact(row)) return undefined;
  const view = new DataView(row.buffer, row.byteOffset);
  const bands = row[1];
  const columns = view.getUint32(4, true);
  const secondsPerColumn = view.getFloat64(8, true);
  if (row.length !== STRIP_HEADER + columns * (bands + 1) + 4 || !(secondsPerColumn > 0)) return undefined;
  const rowsFrom = STRIP_HEADER + columns;
  return {
    ...{ secondsPerColumn, bands, columns },
    levels: row.slice(STRIP_HEADER, rowsFrom),
    rows: row.slice(rowsFrom, -4),
  };
}
