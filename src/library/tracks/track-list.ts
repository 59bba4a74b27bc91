/** All tracks in memory, without prints. Finds them by id, content and place on the tape (`tape.ts`). */
import type { TrackId } from '../../types.ts';
import type { TrackRow } from '../rows/row-bytes.ts';
import { Tape } from './tape.ts';
import type { Searchable } from './track-search.ts';

/** Totals over the tracks that are not removed. */
interface Totals {
  tracks: number;
  seconds: number;
  peaks: number;
  printBytes: number;
  coverBytes: number;
}

interface ListedTrack extends Searchable {
  /** Size of the row on the shelf. */
  bytes: number;
}

export class TrackList {
  readonly tape = new Tape(() => this.rows());
  /** Increases with every change. */
  version = 0;
  /** Updated incrementally: adding up 100,000 tracks takes as long as recognising a clip among them. */
  readonly totals: Totals = { tracks: 0, seconds: 0, peaks: 0, printBytes: 0, coverBytes: 0 };
  /** Size of all rows on the shelf, including those of removed tracks. */
  rowBytes = 0;
  private readonly entries = new Map<TrackId, ListedTrack>();
  /** Without removed tracks. */
  private readonly byContent = new Map<string, TrackId>();

  /** Adds or replaces a track; `bytes` is the size of its row on the shelf. */
  put(row: TrackRow, bytes: number): void {
    this.delete(row.id);
    this.entries.set(row.id, { row, bytes, sortKeys: {} });
    this.count(row, bytes, 1);
    if (!row.removed) this.byContent.set(row.contentId, row.id);
    this.version++;
    this.tape.append(row);
  }

  delete(id: TrackId): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const { row, bytes } = entry;
    this.entries.delete(id);
    this.count(row, bytes, -1);
    if (this.byContent.get(row.contentId) === id) this.byContent.delete(row.contentId);
    this.version++;
    this.tape.invalidate();
  }

  clear(): void {
    for (const id of [...this.entries.keys()]) this.delete(id);
  }

  /** Also finds removed tracks that can still be restored. */
  row(id: TrackId): TrackRow | undefined {
    return this.entries.get(id)?.row;
  }

  /** All tracks, including removed ones, in the order in which they were added. */
  rows(): TrackRow[] {
    return Array.from(this.entries.values(), ({ row }) => row);
  }

  /** The track that was learnt from these bytes, unless it was removed. */
  withContent(contentId: string): TrackRow | undefined {
    const id = this.byContent.get(contentId);
    return id === undefined ? undefined : this.row(id);
  }

  /** For searching (`find-tracks.ts`). */
  searchable(): Searchable[] {
    return Array.from(this.entries.values()).filter(({ row }) => !row.removed);
  }

  private count(row: TrackRow, bytes: number, sign: 1 | -1): void {
    this.rowBytes += sign * bytes;
    if (row.removed) return;
    const { totals } = this;
    totals.tracks += sign;
    totals.seconds += sign * row.learntSeconds;
    totals.peaks += sign * row.peakCount;
    totals.printBytes += sign * row.printBytes;
    totals.coverBytes += sign * row.coverBytes;
  }
}
