/** What the rows of the stores `state`, `tracks` and `covers` hold, and their packing: see `FORMAT.md`. */
import { UserError } from '../errors.ts';
import type { Track } from '../types.ts';
import { isIntact, writeChecksum } from './shelf/checksum.ts';
import type { Row } from './shelf/shelf.ts';

/** Version of the library's rows, of all stores together. */
export const ROWS_VERSION = 1;

/** The one row of the store `state`: it says which of the other rows count. */
export interface State {
  version: number;
  /** Rises by one with every change. */
  generation: number;
  /** Rows of tracks count if their id is at least `firstTrack` and below `nextTrack`. */
  firstTrack: number;
  nextTrack: number;
  /** Where the next track starts on the tape. */
  nextTapeStart: number;
  /** Rises when tracks are moved on the tape, which voids the index under construction. Absent: 0. */
  tape?: number;
  nextSegment: number;
  /** Ids of segments without a row that may have pages: being written, or replaced. Such pages are deleted. */
  leftovers: number[];
}

/** A row of the store `tracks`. */
export interface TrackRow extends Track {
  /** The track's frames on the tape: `frameCount` of them from `tapeStart` on. */
  tapeStart: number;
  frameCount: number;
  printBytes: number;
  coverBytes: number;
  /** When it was removed, in milliseconds since 1970. It can be restored until its rows are deleted. */
  removed?: number;
}

/** The track as callers of the library see it. */
export function plainTrack(row: TrackRow): Track {
  const { tapeStart, frameCount, printBytes, coverBytes, removed, ...track } = row;
  return track;
}

/** UTF-8, then the checksum. */
export function packJson(value: State | TrackRow): Row {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const row = new Uint8Array(text.length + 4);
  row.set(text);
  return writeChecksum(row);
}

export function unpackJson<T extends State | TrackRow>(row: Row): T {
  if (!isIntact(row)) throw new UserError('LibraryDamaged', 'A row of the library is damaged.');
  return JSON.parse(new TextDecoder().decode(row.subarray(0, -4)));
}

/** u8 length of the media type | media type | picture | checksum. */
export async function packCover(cover: Blob): Promise<Row> {
  const type = new TextEncoder().encode(cover.type).subarray(0, 255);
  const row = new Uint8Array(1 + type.length + cover.size + 4);
  row[0] = type.length;
  row.set(type, 1);
  row.set(new Uint8Array(await cover.arrayBuffer()), 1 + type.length);
  return writeChecksum(row);
}

export function unpackCover(row: Row): Blob {
  if (!isIntact(row)) throw new UserError('LibraryDamaged', 'A cover is damaged.');
  const start = 1 + row[0];
  return new Blob([row.subarray(start, -4)], { type: new TextDecoder().decode(row.subarray(1, start)) });
}
