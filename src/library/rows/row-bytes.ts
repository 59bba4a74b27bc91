/** Types and packing of the rows of the stores `state`, `tracks`, `covers` and `lyrics`; see `FORMAT.md`. */
import { UserError } from '../../errors.ts';
import type { Track } from '../../types.ts';
import { isIntact, writeChecksum } from '../shelf/checksum.ts';
import type { Row } from '../shelf/shelf.ts';

/** One version for the rows of all stores. */
export const ROWS_VERSION = 1;

/** The only row of the store `state`. It determines which rows of the other stores are valid. */
export interface State {
  version: number;
  /** Incremented by every change. */
  generation: number;
  /** Rows of tracks are valid if firstTrack <= id < nextTrack. */
  firstTrack: number;
  nextTrack: number;
  /** Where the next new track starts on the tape. */
  nextTapeStart: number;
  /** Incremented when tracks are moved on the tape, which invalidates segments that are being written. Absent means 0. */
  tape?: number;
  nextSegment: number;
  /** Ids of segments without a row that may still have pages, because they are being written or were replaced. To be deleted. */
  leftovers: number[];
}

/** A row of the store `tracks`. */
export interface TrackRow extends Track {
  /** The track occupies `frameCount` frames of the tape from `tapeStart` on. */
  tapeStart: number;
  frameCount: number;
  printBytes: number;
  coverBytes: number;
  /** The piece of the catalogue that it came in. */
  piece?: string;
  /** Content ids of tracks that share sound with it and that a person wants to keep beside it. */
  keptBeside?: string[];
  /** Time of removal in milliseconds since 1970. A removed track can be restored until its rows are deleted. */
  removed?: number;
}

/** The fields of a track that callers of the library see. */
export function plainTrack(row: TrackRow): Track {
  const { tapeStart, frameCount, printBytes, coverBytes, removed, piece, keptBeside, ...track } = row;
  return track;
}

/** JSON as UTF-8, then a checksum. */
export const packJson = (value: State | TrackRow): Row => packText(JSON.stringify(value));

/** UTF-8, then a checksum. */
export function packText(value: string): Row {
  const text = new TextEncoder().encode(value);
  const row = new Uint8Array(text.length + 4);
  row.set(text);
  return writeChecksum(row);
}

export const unpackJson = <T extends State | TrackRow>(row: Row): T => JSON.parse(unpackText(row));

export function unpackText(row: Row): string {
  if (!isIntact(row)) throw new UserError('LibraryDamaged', 'A row of the library is damaged.');
  return new TextDecoder().decode(row.subarray(0, -4));
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
