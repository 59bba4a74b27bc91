/** Validates rows whose checksum is right but whose content may be anything. Returns undefined for what no library writes. */
import type { Row } from '../shelf/shelf.ts';
import { ROWS_VERSION, type State, type TrackRow, unpackJson } from './row-bytes.ts';

/** Ids of tracks and segments are below this. Higher keys are damaged: an id counted after them would fit no u32. */
export const MOST_ID = 2 ** 31;

/** The row of the track with the key `id`. */
export function unpackTrackRow(id: number, row: Row): TrackRow | undefined {
  const value = parsed(row);
  return value && isTrackRow(id, value) ? (value as unknown as TrackRow) : undefined;
}

/** A state of a later version is returned unchecked: the caller refuses it because of its version. */
export function unpackState(row: Row): State | undefined {
  const value = parsed(row);
  const isNewer = value && isCount(value.version) && value.version > ROWS_VERSION;
  return value && (isNewer || isState(value)) ? (value as unknown as State) : undefined;
}

export type Json = Record<string, unknown>;

function parsed(row: Row): Json | undefined {
  try {
    const value: unknown = unpackJson(row);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isNextId = (value: unknown): value is number => isCount(value) && value <= MOST_ID;
const isSpan = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const maybe = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value);
const all = (value: Json, keys: readonly string[], is: (value: unknown) => boolean) =>
  keys.every((key) => is(value[key]));

const isTrackRow = (id: number, value: Json): boolean =>
  value.id === id &&
  id < MOST_ID &&
  all(value, ['title', 'contentId', 'fileName'], isText) &&
  all(value, ['artist', 'album', 'piece'], maybe(isText)) &&
  all(value, ['year', 'trackNumber', 'catalogue'], maybe(Number.isFinite)) &&
  all(value, ['seconds', 'learntSeconds', 'added'], isSpan) &&
  all(value, ['peakCount', 'tapeStart', 'frameCount', 'printBytes', 'coverBytes'], isCount) &&
  Number(value.tapeStart) + Number(value.frameCount) < 2 ** 32 &&
  all(value, ['enabled', 'hasCover'], isFlag) &&
  maybe(isSpan)(value.removed);

const isState = (value: Json): boolean =>
  all(value, ['version', 'generation', 'nextTapeStart'], isCount) &&
  all(value, ['firstTrack', 'nextTrack', 'nextSegment'], isNextId) &&
  maybe(isCount)(value.tape) &&
  Array.isArray(value.leftovers) &&
  value.leftovers.every(isCount);
