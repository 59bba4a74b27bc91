/** Searching and sorting tracks. Orders are made when first needed and kept until tracks change. */
import type { Track, TrackId } from '../../types.ts';
import { plainTrack, type TrackRow } from '../rows/row-bytes.ts';
import { folded, type Term, termsOf } from './search-terms.ts';
import type { TrackList } from './track-list.ts';

export type SortKey = 'title' | 'artist' | 'album' | 'added' | 'seconds' | 'year' | 'heard';

export interface TrackQuery {
  /** Words that must all occur in title, artist, album, file name or year; `artist: words` in that field alone. */
  search?: string;
  /** Only tracks of exactly this artist or album. */
  artist?: string;
  album?: string;
  /** Only tracks that came with the catalogue of this number. */
  catalogue?: number;
  sort?: SortKey;
  /** For the order `heard`: content ids of tracks, the most heard first. Tracks that are not among them stay at the end. */
  heard?: readonly string[];
  descending?: boolean;
  offset?: number;
  limit?: number;
}

export interface TrackPage {
  /** Number of matching tracks on all pages. */
  total: number;
  rows: Track[];
}

/** The keys whose values are part of the track. */
type StoredSortKey = Exclude<SortKey, 'heard'>;

/** A track with values derived for searching and sorting. */
export interface Searchable {
  row: TrackRow;
  /** Folded texts in the order of `FIELDS`, a line each. */
  text?: string;
  /** Kept by `forgiving-search.ts`. */
  words?: TrackWords;
  sortKeys: Partial<Record<StoredSortKey, string | number>>;
}

/** The words of a track, as numbers in a word list, and the field of each. */
export interface TrackWords {
  numbers: Uint32Array;
  fields: Uint8Array;
}

/** Whether a track matches a query. */
export type TrackTest = (track: Searchable) => boolean;

/** Sorts after everything; such tracks stay last when an order is turned. */
const MISSING = '\uffff';
/** Numbers are padded, so that "Track 2" comes before "Track 10". */
const sortable = (text: string | undefined) =>
  text ? folded(text).replace(/\d+/g, (digits) => digits.padStart(8, '0')) : MISSING;
const joined = (...parts: (string | undefined)[]) => parts.map(sortable).join('\0');

const sortKeyOf: Record<StoredSortKey, (track: Track) => string | number> = {
  title: ({ title, artist }) => joined(title, artist),
  artist: ({ title, artist, album, trackNumber }) => joined(artist, album, trackNumber?.toString(), title),
  album: ({ title, album, trackNumber }) => joined(album, trackNumber?.toString(), title),
  year: ({ year, artist, album }) => joined(year?.toString(), artist, album),
  added: ({ added }) => added,
  seconds: ({ seconds }) => seconds,
};

export class TrackSearch {
  private readonly orders = new Map<string, Searchable[]>();
  /** The last answer: pages of it are asked one after the other. */
  private last?: { search: string; question: string; found: Searchable[] };

  private version = -1;

  constructor(private readonly list: Pick<TrackList, 'version' | 'searchable'>) {}

  page(query: TrackQuery, isMatch?: TrackTest): TrackPage {
    const { offset = 0, limit = 100 } = query;
    const found = this.found(query, isMatch);
    return { total: found.length, rows: found.slice(offset, offset + limit).map(({ row }) => plainTrack(row)) };
  }

  ids(query: TrackQuery, isMatch?: TrackTest): TrackId[] {
    return this.found(query, isMatch).map(({ row }) => row.id);
  }

  /** Every living track, in some order. */
  living(): Searchable[] {
    this.forgetIfChanged();
    return this.sorted('added');
  }

  private found({ search = '', ...query }: TrackQuery, isMatch?: TrackTest): Searchable[] {
    const { sort = 'title', descending = false, artist, album, catalogue, heard } = query;
    const question = JSON.stringify([sort, descending, artist, album, catalogue, Boolean(isMatch), heard]);
    this.forgetIfChanged();
    const { last } = this;
    if (last?.question === question && last.search === search) return last.found;
    const terms = termsOf(search);
    let found: Searchable[];
    // One more letter was typed: what matches now was among what matched before.
    if (!isMatch && last?.question === question && search.startsWith(last.search) && !search.includes(':')) {
      found = last.found;
    } else {
      if (sort === 'heard') found = this.byHeard(heard ?? [], descending);
      else found = descending ? this.turned(sort) : this.sorted(sort);
      if (artist !== undefined) found = found.filter(({ row }) => row.artist === artist);
      if (album !== undefined) found = found.filter(({ row }) => row.album === album);
      if (catalogue !== undefined) found = found.filter(({ row }) => row.catalogue === catalogue);
    }
    if (terms.length) found = found.filter(isMatch ?? matcherOf(terms));
    this.last = { search, question, found };
    return found;
  }

  private byHeard(heard: readonly string[], descending: boolean): Searchable[] {
    const places = new Map(heard.map((contentId, i) => [contentId, i]));
    const placeOf = ({ row }: Searchable) => places.get(row.contentId) ?? Infinity;
    const byTitle = this.sorted('title');
    const known = byTitle.filter((track) => placeOf(track) < Infinity).sort((a, b) => placeOf(a) - placeOf(b));
    return [...(descending ? known : known.reverse()), ...byTitle.filter((track) => placeOf(track) === Infinity)];
  }

  private forgetIfChanged(): void {
    const { version } = this.list;
    if (version === this.version) return;
    this.version = version;
    this.orders.clear();
    this.last = undefined;
  }

  private sorted(key: StoredSortKey): Searchable[] {
    let order = this.orders.get(key);
    if (!order) {
      order = this.list.searchable().sort((a, b) => {
        const [left, right] = [keyOf(a, key), keyOf(b, key)];
        return left < right ? -1 : left > right ? 1 : a.row.id - b.row.id;
      });
      this.orders.set(key, order);
    }
    return order;
  }

  /** The order turned round; what lacks the text that it is sorted by stays at the end. */
  private turned(key: StoredSortKey): Searchable[] {
    let order = this.orders.get(`-${key}`);
    if (!order) {
      const sorted = this.sorted(key);
      const isMissing = (track: Searchable) => String(keyOf(track, key)).startsWith(MISSING);
      order = [...sorted.filter((track) => !isMissing(track)).reverse(), ...sorted.filter(isMissing)];
      this.orders.set(`-${key}`, order);
    }
    return order;
  }
}

function keyOf(track: Searchable, key: StoredSortKey): string | number {
  track.sortKeys[key] ??= sortKeyOf[key](track.row);
  return track.sortKeys[key];
}

const inLine = (text: string) => folded(text).replaceAll('\n', ' ');

export function textOf(track: Searchable): string {
  if (track.text === undefined) {
    const { title, artist = '', album = '', fileName, year = '' } = track.row;
    track.text = [title, artist, album, fileName, String(year)].map(inLine).join('\n');
  }
  return track.text;
}

function matcherOf(terms: Term[]): TrackTest {
  const anywhere = terms.filter(({ field }) => field === undefined).map(({ word }) => word);
  const within = terms.filter(({ field }) => field !== undefined);
  return (track) => {
    const text = textOf(track);
    for (const word of anywhere) if (!text.includes(word)) return false;
    if (within.length === 0) return true;
    const texts = text.split('\n');
    return within.every(({ word, field }) => texts[field!].includes(word));
  };
}
