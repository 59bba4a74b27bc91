/** Rows that hold JSON: UTF-8, then the checksum. */
import { UserError } from '../errors.ts';
import type { Track } from '../types.ts';
import { isSound, sign } from './shelf/checksum.ts';
import type { Row } from './shelf/shelf.ts';

/** Version of all that the library's rows hold. Version 1 is the only one so far. */
export const ROWS_VERSION = 1;

/** The one row of the store `state`: what exists, in a few numbers, so that one small write can make much appear or go. */
export interface State {
  version: number;
  /** Rises with every change. */
  generation: number;
  /** Tracks are those numbered `firstTrack` or more and less than `nextTrack`; other rows are leftovers. */
  firstTrack: number;
  nextTrack: number;
  nextTapeStart: number;
  /** Rises when the tape is laid anew: segments over the old places are void. Absent: 0. */
  tape?: number;
  nextSegment: number;
  /** Segments without a row of which there may still be pages: in the making, or replaced. */
  leftovers: number[];
}

/** What a row of the store `tracks` holds. */
export interface TrackRow extends Track {
  tapeStart: number;
  frameCount: number;
  printBytes: number;
  coverBytes: number;
  /** When it was taken out, in milliseconds since 1970; it can be had back until it is cleared away. */
  removed?: number;
}

export function packJson(value: State | TrackRow): Row {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const row = new Uint8Array(text.length + 4);
  row.set(text);
  return sign(row);
}

export function unpackJson<T extends State | TrackRow>(row: Row): T {
  if (!isSound(row)) throw new UserError('LibraryDamaged', 'A row of the library is damaged.');
  return JSON.parse(new TextDecoder().decode(row.subarray(0, -4)));
}

/** As `unpackJson`, for the row under this number; undefined for what no library writes there. */
export function unpackTrackRow(id: number, row: Row): TrackRow | undefined {
  const value = parsed(row);
  return value && isTrackRow(id, value) ? (value as unknown as TrackRow) : undefined;
}

/** As `unpackTrackRow`. Of a later version only the number is looked at. */
export function unpackState(row: Row): State | undefined {
  const value = parsed(row);
  const isNewer = value && isCount(value.version) && value.version > ROWS_VERSION;
  return value && (isNewer || isState(value)) ? (value as unknown as State) : undefined;
}

type Json = Record<string, unknown>;

function parsed(row: Row): Json | undefined {
  try {
    const value: unknown = unpackJson(row);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isSpan = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const maybe = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value);
const all = (value: Json, keys: readonly string[], is: (value: unknown) => boolean) =>
  keys.every((key) => is(value[key]));

const isTrackRow = (id: number, value: Json): boolean =>
  value.id === id &&
  all(value, ['title', 'contentId', 'fileName'], isText) &&
  all(value, ['artist', 'album'], maybe(isText)) &&
  all(value, ['year', 'trackNumber'], maybe(Number.isFinite)) &&
  all(value, ['seconds', 'learntSeconds', 'added'], isSpan) &&
  all(value, ['peakCount', 'tapeStart', 'frameCount', 'printBytes', 'coverBytes'], isCount) &&
  Number(value.tapeStart) + Number(value.frameCount) < 2 ** 32 &&
  all(value, ['enabled', 'hasCover'], isFlag) &&
  maybe(isSpan)(value.removed);

const isState = (value: Json): boolean =>
  all(value, ['version', 'generation', 'firstTrack', 'nextTrack', 'nextTapeStart', 'nextSegment'], isCount) &&
  maybe(isCount)(value.tape) &&
  Array.isArray(value.leftovers) &&
  value.leftovers.every(isCount);

/** A cover: length of its media type (1 byte), media type, the picture, the checksum. */
export async function packCover(cover: Blob): Promise<Row> {
  const type = new TextEncoder().encode(cover.type).subarray(0, 255);
  const row = new Uint8Array(1 + type.length + cover.size + 4);
  row[0] = type.length;
  row.set(type, 1);
  row.set(new Uint8Array(await cover.arrayBuffer()), 1 + type.length);
  return sign(row);
}

export function unpackCover(row: Row): Blob {
  if (!isSound(row)) throw new UserError('LibraryDamaged', 'A cover is damaged.');
  const start = 1 + row[0];
  return new Blob([row.subarray(start, -4)], { type: new TextDecoder().decode(row.subarray(1, start)) });
}
