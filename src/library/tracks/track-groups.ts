/** Groups the tracks by artist or album. Loaded when these lists are first shown. */
import type { TrackId } from '../../types.ts';
import { folded } from './search-terms.ts';
import type { Searchable } from './track-search.ts';

export interface TrackGroup {
  name: string;
  /** Of an album, if all its tracks are by the same. */
  artist?: string;
  count: number;
  seconds: number;
  /** A track whose cover can stand for all: the first with a cover, else the first. */
  example: { id: TrackId; contentId: string; hasCover: boolean };
}

/** In order of their names; tracks without the tag are in none. */
export function groupsOf(tracks: readonly Searchable[], by: 'artist' | 'album', search = ''): TrackGroup[] {
  const groups = new Map<string, TrackGroup>();
  for (const { row } of tracks) {
    const name = row[by];
    if (!name) continue;
    const { id, contentId, hasCover, seconds, artist } = row;
    const group = groups.get(name);
    if (!group) {
      const example = { id, contentId, hasCover };
      groups.set(name, { name, artist: by === 'album' ? artist : undefined, count: 1, seconds, example });
      continue;
    }
    group.count += 1;
    group.seconds += seconds;
    if (group.artist !== artist) group.artist = undefined;
    if (hasCover && !group.example.hasCover) group.example = { id, contentId, hasCover };
  }
  const words = folded(search).split(/\s+/).filter(Boolean);
  const has = ({ name, artist = '' }: TrackGroup) => words.every((word) => folded(`${name} ${artist}`).includes(word));
  const keyed = [...groups.values()].filter(has).map((group) => ({ group, key: folded(group.name) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ group }) => group);
}
