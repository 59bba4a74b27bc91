/** Joins what several shards answer about their tracks, so that it reads as the answer of one library. */
import type { LibraryStatus } from '../../library/health/library-status.ts';
import type { TrackRow } from '../../library/rows/row-bytes.ts';
import { TrackSearch } from '../../library/tracks/track-search.ts';
import type { TrackGroup, TrackPage, TrackQuery } from '../api.ts';

/** A page of the tracks of these pages, which are the first of their shards. */
export function joinedPages(pages: TrackPage[], query: Omit<TrackQuery, 'search'>): TrackPage {
  const rows = pages.flatMap((page) => page.rows);
  const all = new TrackSearch({
    version: 0,
    searchable: () => rows.map((row) => ({ row: row as TrackRow, sortKeys: {} })),
  });
  return { total: pages.reduce((sum, { total }) => sum + total, 0), rows: all.page(query).rows };
}

/** In the order of their names. */
export function joinedGroups(all: TrackGroup[]): TrackGroup[] {
  const groups = new Map<string, TrackGroup>();
  for (const group of all) {
    const known = groups.get(group.name);
    groups.set(group.name, known ? joined(known, group) : group);
  }
  return [...groups.values()].sort((a, b) => a.name.localeCompare(b.name));
}

const joined = (a: TrackGroup, b: TrackGroup): TrackGroup => ({
  name: a.name,
  artist: a.artist === b.artist ? a.artist : undefined,
  count: a.count + b.count,
  seconds: a.seconds + b.seconds,
  example: b.example.hasCover && !a.example.hasCover ? b.example : a.example,
});

export function statusOfAll(all: LibraryStatus[]): LibraryStatus {
  const sum = (of: (status: LibraryStatus) => number) => all.reduce((total, status) => total + of(status), 0);
  const bytes = (kind: keyof LibraryStatus['bytes']) => sum((status) => status.bytes[kind]);
  return {
    trackCount: sum(({ trackCount }) => trackCount),
    seconds: sum(({ seconds }) => seconds),
    peakCount: sum(({ peakCount }) => peakCount),
    postingCount: sum(({ postingCount }) => postingCount),
    bytes: { prints: bytes('prints'), index: bytes('index'), tracks: bytes('tracks'), covers: bytes('covers') },
    unsealed: sum(({ unsealed }) => unsealed),
    pending: sum(({ pending }) => pending),
    segments: sum(({ segments }) => segments),
    damaged: all.flatMap(({ damaged }) => damaged),
  };
}
