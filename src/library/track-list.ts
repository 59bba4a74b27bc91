/** All tracks in memory, without their prints: found by number or file, searched, sorted, and laid out on the tape. */
import type { Track, TrackId } from '../types.ts';
import { Growing, lowerBound } from './index/postings.ts';
import type { TrackRow } from './row-bytes.ts';

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
  total: number;
  rows: Track[];
}

interface Entry {
  row: TrackRow;
  /** On the shelf. */
  bytes: number;
  /** What a search looks in and a sort compares; made when first needed. */
  text?: string;
  keys: Partial<Record<SortKey, string | number>>;
}

/** Case and accents do not count, and "Track 2" comes before "Track 10". */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const sortable = (text: string | undefined) =>
  text ? folded(text).replace(/\d+/g, (digits) => digits.padStart(8, '0')) : '\uffff';
const joined = (...parts: (string | undefined)[]) => parts.map(sortable).join('\0');

const sortKeys: Record<SortKey, (track: Track) => string | number> = {
  title: ({ title, artist }) => joined(title, artist),
  artist: ({ title, artist, album, trackNumber }) => joined(artist, album, trackNumber?.toString(), title),
  album: ({ title, album, trackNumber }) => joined(album, trackNumber?.toString(), title),
  added: ({ added }) => added,
  seconds: ({ seconds }) => seconds,
};

/** The track as the world sees it. */
export function plainTrack(row: TrackRow): Track {
  const { tapeStart, frameCount, printBytes, coverBytes, removed, ...track } = row;
  return track;
}

/** Of all living tracks together. */
export interface Totals {
  tracks: number;
  seconds: number;
  peaks: number;
  printBytes: number;
  coverBytes: number;
}

export class Catalogue {
  /** Kept as tracks come and go: summing up a hundred thousand takes as long as finding music among them. */
  readonly totals: Totals = { tracks: 0, seconds: 0, peaks: 0, printBytes: 0, coverBytes: 0 };
  /** What all rows take on the shelf, those of removed tracks included. */
  rowBytes = 0;
  private readonly entries = new Map<TrackId, Entry>();
  private readonly byContent = new Map<string, TrackId>();
  private readonly orders = new Map<SortKey, Entry[]>();
  private taped: Tape | undefined;
  private laidOut: Stretches | undefined;

  /** `bytes`: what the row takes on the shelf. */
  put(row: TrackRow, bytes: number): void {
    this.delete(row.id);
    this.entries.set(row.id, { row, bytes, keys: {} });
    this.count(row, bytes, 1);
    if (!row.removed) this.byContent.set(row.contentId, row.id);
    this.appended(row);
  }

  clear(): void {
    for (const id of [...this.entries.keys()]) this.delete(id);
  }

  delete(id: TrackId): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const { row, bytes } = entry;
    this.entries.delete(id);
    this.count(row, bytes, -1);
    if (this.byContent.get(row.contentId) === id) this.byContent.delete(row.contentId);
    this.changed();
  }

  /** Also a track that was removed and can still be had back. */
  row(id: TrackId): TrackRow | undefined {
    return this.entries.get(id)?.row;
  }

  /** The living track learnt from these bytes. */
  withContent(contentId: string): TrackRow | undefined {
    const id = this.byContent.get(contentId);
    return id === undefined ? undefined : this.row(id);
  }

  /** Removed ones included. */
  rows(): TrackRow[] {
    return Array.from(this.entries.values(), ({ row }) => row);
  }

  /** As `rows`, by their place on the tape: those that begin on one stretch of it. */
  onTape(from = 0, below = Infinity): TrackRow[] {
    const { rows } = this.tape();
    return rows.slice(...this.within(from, below));
  }

  /** How many frames all rows have together. */
  get frameCount(): number {
    return this.tape().framesBefore.at(-1) ?? 0;
  }

  /** How many frames they have together. */
  framesOnTape(from: number, below: number): number {
    const { framesBefore } = this.tape();
    const [first, end] = this.within(from, below);
    return framesBefore[end] - framesBefore[first];
  }

  /** How many of them live. */
  livingOnTape(from: number, below: number): number {
    const { livingBefore } = this.tape();
    const [first, end] = this.within(from, below);
    return livingBefore[end] - livingBefore[first];
  }

  page({ search = '', sort = 'title', descending = false, offset = 0, limit = 100 }: TrackQuery): TrackPage {
    const words = folded(search).split(/\s+/).filter(Boolean);
    const sorted = this.sorted(sort);
    const found = words.length === 0 ? sorted : sorted.filter((entry) => this.has(entry, words));
    const total = found.length;
    const from = descending ? Math.max(0, total - offset - limit) : offset;
    const rows = found.slice(from, descending ? Math.max(0, total - offset) : offset + limit);
    if (descending) rows.reverse();
    return { total, rows: rows.map(({ row }) => plainTrack(row)) };
  }

  /** Stretches of the tape that hold living, enabled tracks. */
  stretches() {
    this.laidOut ??= new Stretches(this.tape().rows);
    return this.laidOut.arrays();
  }

  private count(row: TrackRow, bytes: number, times: 1 | -1): void {
    this.rowBytes += times * bytes;
    if (row.removed) return;
    const { totals } = this;
    totals.tracks += times;
    totals.seconds += times * row.learntSeconds;
    totals.peaks += times * row.peakCount;
    totals.printBytes += times * row.printBytes;
    totals.coverBytes += times * row.coverBytes;
  }

  private tape(): Tape {
    this.taped ??= new Tape(this.rows().sort((a, b) => a.tapeStart - b.tapeStart));
    return this.taped;
  }

  private within(from: number, below: number): [number, number] {
    const { starts } = this.tape();
    return [lowerBound(starts, from), lowerBound(starts, below)];
  }

  private has(entry: Entry, words: string[]): boolean {
    const { title, artist = '', album = '', fileName } = entry.row;
    entry.text ??= folded(`${title}\n${artist}\n${album}\n${fileName}`);
    return words.every((word) => entry.text?.includes(word));
  }

  private sorted(key: SortKey): Entry[] {
    let order = this.orders.get(key);
    if (!order) {
      order = [...this.entries.values()].filter(({ row }) => !row.removed);
      order.sort((a, b) => {
        a.keys[key] ??= sortKeys[key](a.row);
        b.keys[key] ??= sortKeys[key](b.row);
        return a.keys[key] < b.keys[key] ? -1 : a.keys[key] > b.keys[key] ? 1 : a.row.id - b.row.id;
      });
      this.orders.set(key, order);
    }
    return order;
  }

  /** A track nearly always comes last on the tape: in a large library, laying it out anew would cost more than all else. */
  private appended(row: TrackRow): void {
    this.orders.clear();
    if (this.taped?.append(row)) this.laidOut?.append(row);
    else this.changed();
  }

  private changed(): void {
    this.orders.clear();
    this.taped = undefined;
    this.laidOut = undefined;
  }
}

/** All rows by their place on the tape; the frames of those before each, and how many of these live. */
class Tape {
  readonly rows: TrackRow[] = [];
  readonly starts: number[] = [];
  readonly framesBefore = [0];
  readonly livingBefore = [0];

  constructor(rows: readonly TrackRow[]) {
    for (const row of rows) this.append(row);
  }

  /** False if its place is before that of another. */
  append(row: TrackRow): boolean {
    const count = this.rows.length;
    if (count > 0 && row.tapeStart < this.starts[count - 1]) return false;
    this.rows.push(row);
    this.starts.push(row.tapeStart);
    this.framesBefore.push(this.framesBefore[count] + row.frameCount);
    this.livingBefore.push(this.livingBefore[count] + (row.removed ? 0 : 1));
    return true;
  }
}

/** Of those rows that can be answers. */
class Stretches {
  private readonly starts = new Growing();
  private readonly frameCounts = new Growing();
  private readonly tracks = new Growing();

  constructor(rows: readonly TrackRow[]) {
    for (const row of rows) this.append(row);
  }

  append({ enabled, removed, tapeStart, frameCount, id }: TrackRow): void {
    if (!enabled || removed) return;
    this.starts.push(tapeStart);
    this.frameCounts.push(frameCount);
    this.tracks.push(id);
  }

  arrays() {
    return { starts: this.starts.view(), frameCounts: this.frameCounts.view(), tracks: this.tracks.view() };
  }
}
