/** Changes to the rows of tracks, and their deletion. */
import type { TrackId } from '../../types.ts';
import type { Contents } from '../contents.ts';
import { packCover, packJson, type TrackRow } from '../rows/row-bytes.ts';
import { type Change, without } from '../shelf/shelf.ts';
import type { Writer } from '../writer.ts';

/** The stores with one row per track. */
export const TRACK_STORES = ['tracks', 'prints', 'covers', 'lyrics', 'sketches'] as const;

/** Rewrites the rows of tracks, including removed ones. Unknown ids are ignored. */
export async function editRows(
  contents: Contents,
  writer: Writer,
  ids: readonly TrackId[],
  edit: (row: TrackRow) => TrackRow,
): Promise<void> {
  const { tracks } = contents;
  await writer.exclusive(async () => {
    const rows = ids.flatMap((id) => tracks.row(id) ?? []).map(edit);
    const packed = rows.map(packJson);
    const changes = packed.map((row, i): Change => ({ store: 'tracks', key: rows[i].id, row }));
    await writer.commit(changes, {}, { tracks: [...ids] });
    for (const [i, row] of rows.entries()) tracks.put(row, packed[i].length);
  });
  writer.changed('tracks');
}

/** Replaces the cover of a track, or removes it. An unknown id is ignored. */
export async function setCover(
  contents: Contents,
  writer: Writer,
  id: TrackId,
  cover: Blob | undefined,
): Promise<void> {
  const packed = cover && (await packCover(cover));
  await writer.exclusive(async () => {
    const row = contents.tracks.row(id);
    if (!row) return;
    const next = { ...row, hasCover: packed !== undefined, coverBytes: packed?.length ?? 0 };
    const bytes = packJson(next);
    const change: Change = packed ? { store: 'covers', key: id, row: packed } : without('covers', id);
    await writer.commit([{ store: 'tracks', key: id, row: bytes }, change], {}, { tracks: [id] });
    contents.tracks.put(next, bytes.length);
  });
  writer.changed('tracks');
}

/**
 * Permanently deletes the tracks for which `isDue` returns true, and returns how many these were. Merging segments later deletes their
 * postings.
 */
export async function deleteTracks(
  contents: Contents,
  writer: Writer,
  isDue: (row: TrackRow) => boolean,
): Promise<number> {
  const { tracks } = contents;
  return writer.exclusive(async () => {
    const ids = tracks.rows().flatMap((row) => (isDue(row) ? row.id : []));
    if (ids.length === 0) return 0;
    const changes = ids.flatMap((id) => TRACK_STORES.map((store) => without(store, id)));
    await writer.commit(changes, {}, { tracks: ids });
    for (const id of ids) tracks.delete(id);
    contents.sketches.forget(ids);
    return ids.length;
  });
}
