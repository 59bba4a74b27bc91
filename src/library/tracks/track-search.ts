/** Searches and sorts tracks. Sort orders and normalised texts are computed on first use and kept until tracks change. */
import type { Track } from '../../types.ts';
import { plainTrack, type TrackRow } from '../row-bytes.ts';

export type SortKey = 'title' | 'artist' | 'album' | 'added' | 'seconds';

export interface TrackQuery {
  /** Words that must all occur in title, artist, album or file name. */
  search?: string;
  sort?: SortKey;
  descending?: boolean;
  offset?: number;
  limit?: number;
}

export interface TrackPage {
  /** Number of matching tracks on all pages. */
  total: number;
  rows: Track[];
}

/** A track with values derived for searching and sorting. */
export interface Searchable {
  row: TrackRow;
  text?: string;
  sortKeys: Partial<Record<SortKey, string | number>>;
}

/** Lower case, without accents. */
export const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
/** Sort key: numbers are padded so that "Track 2" comes before "Track 10"; a missing text comes last. */
const sortable = (text: string | undefined) =>
  text ? folded(text).replace(/\d+/g, (digits) => digits.padStart(8, '0')) : '\uffff';
const joined = (...parts: (string | undefined)[]) => parts.map(sortable).join('\0');

const sortKeyOf: Record<SortKey, (track: Track) => string | number> = {
  title: ({ title, artist }) => joined(title, artist),
  artist: ({ title, artist, album, trackNumber }) => joined(artist, album, trackNumber?.toString(), title),
  album: ({ title, album, trackNumber }) => joined(album, trackNumber?.toString(), title),
  added: ({ added }) => added,
  seconds: ({ seconds }) => seconds,
};

export class TrackSearch {
  private readonly orders = new Map<SortKey, Searchable[]>();

  constructor(private readonly all: () => Iterable<Searchable>) {}

  page({ search = '', sort = 'title', descending = false, offset = 0, limit = 100 }: TrackQuery): TrackPage {
    const words = folded(search).split(/\s+/).filter(Boolean);
    const sorted = this.sorted(sort);
    const found = words.length === 0 ? sorted : sorted.filter((track) => hasWords(track, words));
    const total = found.length;
    const from = descending ? Math.max(0, total - offset - limit) : offset;
    const rows = found.slice(from, descending ? Math.max(0, total - offset) : offset + limit);
    if (descending) rows.reverse();
    return { total, rows: rows.map(({ row }) => plainTrack(row)) };
  }

  /** Call after tracks were added, changed or removed. */
  invalidate(): void {
    this.orders.clear();
  }

  private sorted(key: SortKey): Searchable[] {
    let order = this.orders.get(key);
    if (!order) {
      order = Array.from(this.all()).filter(({ row }) => !row.removed);
      order.sort((a, b) => {
        a.sortKeys[key] ??= sortKeyOf[key](a.row);
        b.sortKeys[key] ??= sortKeyOf[key](b.row);
        return a.sortKeys[key] < b.sortKeys[key] ? -1 : a.sortKeys[key] > b.sortKeys[key] ? 1 : a.row.id - b.row.id;
      });
      this.orders.set(key, order);
    }
    return order;
  }
}

function hasWords(track: Searchable, words: string[]): boolean {
  const { title, artist = '', album = '', fileName } = track.row;
  track.text ??= folded(`${title}\n${artist}\n${album}\n${fileName}`);
  return words.every((word) => track.text?.includes(word));
}
