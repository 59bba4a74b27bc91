/** What is asked of the library: the words of the search and the order. Both are kept while the app is open. */
import { useMemo } from 'preact/hooks';
import type { SortKey } from '../../engine/api.ts';
import { mostHeard, useHeardSongs } from '../history/statistics/heard-songs.ts';
import { t } from '../messages/messages.ts';
import { useKept } from '../parts/state/session-state.ts';
import type { LibraryPlace } from './library-place.ts';

export const sorts: SortKey[] = ['title', 'artist', 'album', 'year', 'added', 'seconds', 'heard'];

const isText = (kept: unknown): kept is string => typeof kept === 'string';
const isFlag = (kept: unknown): kept is boolean => typeof kept === 'boolean';
const isSort = (kept: unknown): kept is SortKey => sorts.some((sort) => sort === kept);

export function useLibraryQuery(place: LibraryPlace) {
  const [search, setSearch] = useKept('library.search', '', isText);
  const [usualSort, setUsualSort] = useKept<SortKey>('library.sort', 'title', isSort);
  const [albumSort, setAlbumSort] = useKept<SortKey>('library.album.sort', 'album', isSort);
  const [descending, setDescending] = useKept('library.descending', false, isFlag);
  // The songs of an album come in its own order first.
  const [sort, setSort] = place.album === undefined ? [usualSort, setUsualSort] : [albumSort, setAlbumSort];
  const heardSongs = useHeardSongs();
  const heard = useMemo(() => (sort === 'heard' ? mostHeard(heardSongs) : undefined), [sort, heardSongs]);
  const { artist, album, catalogue } = place;
  const query = { search: searchOf(search), sort, descending, heard, artist, album, catalogue };
  const order = (next: SortKey, isDown: boolean) => {
    setSort(next);
    setDescending(isDown);
  };
  return { query, search, setSearch, order };
}

/** "artist:" in the words of the person's language is what the engine calls "artist:". */
function searchOf(typed: string): string {
  return (['title', 'artist', 'album', 'year'] as const).reduce(
    (text, name) => text.replace(new RegExp(`${t(`track.${name}`)}:`, 'iu'), `${name}:`),
    typed,
  );
}
