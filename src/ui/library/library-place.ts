/** Which part of the library the address means: all songs, the artists, the albums, or the songs of one of them or of a catalogue. */
import { useRef } from 'preact/hooks';
import { useCell } from '../parts/state/cell.ts';
import { route } from '../route.ts';

export interface LibraryPlace {
  view: 'songs' | 'artists' | 'albums' | 'duplicates';
  artist?: string;
  album?: string;
  catalogue?: number;
}

function libraryPlaceOf(detail = ''): LibraryPlace {
  if (detail === 'artists' || detail === 'albums' || detail === 'duplicates') return { view: detail };
  const [, number] = /^catalogue:(\d+)$/.exec(detail) ?? [];
  if (number) return { view: 'songs', catalogue: Number(number) };
  const [, by, name] = /^(artist|album):(.*)$/.exec(detail) ?? [];
  if (!by) return { view: 'songs' };
  try {
    return { view: 'songs', [by]: decodeURIComponent(name) };
  } catch {
    return { view: 'songs' }; // an address that was typed wrong
  }
}

/** All of the library, not the songs of an artist, album or catalogue. */
export const isWhole = ({ artist, album, catalogue }: LibraryPlace) =>
  [artist, album, catalogue].every((part) => part === undefined);

/** While a song is open beside the list, the list stays as it was. */
export function useLibraryPlace(): LibraryPlace {
  const now = useCell(route);
  const last = useRef<string | undefined>(undefined);
  if (now.place === 'library') last.current = now.detail;
  return libraryPlaceOf(last.current);
}
