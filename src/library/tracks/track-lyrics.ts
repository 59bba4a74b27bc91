/** The lyrics of tracks: read, replaced and removed. Those of a track that is deleted are deleted with it. */
import type { TrackId } from '../../types.ts';
import type { KeptRows } from '../rows/kept-rows.ts';
import { packText, unpackText } from '../rows/row-bytes.ts';
import { isIntact } from '../shelf/checksum.ts';
import { without } from '../shelf/shelf.ts';

/** Undefined if there are none, or if they are damaged, which a check of the library reports. */
export async function readLyrics(rows: KeptRows, id: TrackId): Promise<string | undefined> {
  const [row] = await rows.read('lyrics', [id]);
  return row && isIntact(row) ? unpackText(row) : undefined;
}

/** Without text, they are removed. */
export function writeLyrics(rows: KeptRows, id: TrackId, text: string | undefined): Promise<void> {
  return rows.write([text ? { store: 'lyrics', key: id, row: packText(text) } : without('lyrics', id)]);
}
