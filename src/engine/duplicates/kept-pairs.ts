/** Pairs of tracks that share sound and that a person wants to keep, both of them, without being asked again. Stored with the tracks. */
import type { Library } from '../../library/library.ts';
import type { TrackId } from '../../types.ts';
import type { Duplicate } from './find-duplicates.ts';

export async function keepPair(library: Library, track: TrackId, other: TrackId): Promise<void> {
  const changes = await library.loadChanges();
  const contentOf = (id: TrackId) => library.track(id)?.contentId;
  await changes.editRows([track, other], (row) => {
    const beside = contentOf(row.id === track ? other : track);
    return beside ? { ...row, keptBeside: [...new Set([...(row.keptBeside ?? []), beside])] } : row;
  });
}

export async function withoutKept(library: Library, found: Duplicate[]): Promise<Duplicate[]> {
  const rows = (await library.loadChanges()).livingRows();
  const kept = new Map(rows.flatMap(({ id, keptBeside }) => (keptBeside ? [[id, keptBeside]] : [])));
  return found.filter(({ track, other }) => {
    const { contentId = '' } = library.track(other) ?? {};
    return !kept.get(track)?.includes(contentId);
  });
}
