/**
 * The library in memory, as last read from the shelf: its state, all tracks and the index. Prints and pages are read when needed.
 * This class only reads; all changes go through `writer.ts`.
 */
import type { Print, Sketch } from '../types.ts';
import { Losses } from './health/losses.ts';
import { NewestPostings } from './index/newest-postings.ts';
import { type OpenMirror, PageCache } from './index/pages/page-cache.ts';
import { type Segment, unpackSegment } from './index/segment.ts';
import { TapeIndex } from './index/tape-index.ts';
import { expectedPostings, type LandmarkScheme, TrackPostings } from './index/track-postings.ts';
import { fitsTrack, unpackPrint } from './prints/print.ts';
import { PrintCache } from './prints/print-cache.ts';
import { Sketches } from './prints/sketches.ts';
import { Quiet } from './quiet.ts';
import type { State, TrackRow } from './rows/row-bytes.ts';
import { unpackTrackRow } from './rows/row-checks.ts';
import { emptyState, readState } from './rows/state.ts';
import { isIntact } from './shelf/checksum.ts';
import type { Notice } from './shelf/other-writers.ts';
import type { Row, Shelf } from './shelf/shelf.ts';
import { TrackList } from './tracks/track-list.ts';

/** The newest postings become a segment when there are this many: about forty songs, 4 MB of memory. */
const SEAL_POSTINGS = 2 ** 19;

export interface ContentsOptions extends LandmarkScheme {
  /** What a search of the whole library compares: see `match/sketch/sketch.ts`. */
  sketchOf: (print: Print) => Sketch;
  /** Frames of the tape left empty before each track. */
  gapFrames: number;
  /** Cache of the index in files, where these are faster than the shelf. */
  openMirror?: OpenMirror;
  /** Number of postings in a new segment; small in tests. */
  sealPostings?: number;
}

export class Contents {
  state: State;
  readonly tracks = new TrackList();
  readonly losses = new Losses(this.tracks);
  readonly prints: PrintCache;
  readonly sketches: Sketches;
  readonly postings: TrackPostings;
  readonly index: TapeIndex;
  readonly pages: PageCache;
  readonly quiet = new Quiet();
  readonly gapFrames: number;
  readonly landmarkFormat: number;
  readonly sealPostings: number;

  constructor(
    readonly shelf: Shelf,
    { sketchOf, gapFrames, openMirror, sealPostings = SEAL_POSTINGS, ...scheme }: ContentsOptions,
  ) {
    this.gapFrames = gapFrames;
    this.landmarkFormat = scheme.landmarkFormat;
    this.sealPostings = sealPostings;
    this.state = emptyState(gapFrames);
    this.prints = new PrintCache(
      shelf,
      (id) => this.tracks.row(id),
      (id) => this.losses.addPrint(id),
    );
    this.sketches = new Sketches(shelf, (ids) => this.prints.readUncached(ids), sketchOf);
    this.postings = new TrackPostings((ids) => this.prints.readUncached(ids), scheme);
    this.pages = new PageCache(shelf, openMirror);
    this.index = new TapeIndex(this.pages);
  }

  async readState(): Promise<void> {
    this.state = await readState(this.shelf, this.state, this.gapFrames);
  }

  /** Reads all valid rows. */
  async readAll(): Promise<void> {
    const { firstTrack, nextTrack } = this.state;
    const rows = await this.shelf.list('tracks', firstTrack, nextTrack);
    this.tracks.clear();
    for (const [id, row] of rows) this.takeRow(id, row);
    await this.readSegments();
  }

  /** Reads what other tabs report as changed; everything, if a report does not say what. */
  async readChanges(notices: readonly Notice[]): Promise<void> {
    if (notices.some(({ tracks, segments, kept }) => !tracks && !segments && !kept)) return this.readAll();
    const ids = [...new Set(notices.flatMap(({ tracks = [] }) => tracks))];
    const [rows, prints] = [await this.shelf.read('tracks', ids), await this.shelf.read('prints', ids)];
    for (const [i, id] of ids.entries()) {
      const isNew = !this.tracks.row(id);
      const row = rows[i];
      if (row) this.takeRow(id, row);
      else this.tracks.delete(id);
      const added = isNew ? this.tracks.row(id) : undefined;
      if (added) this.indexRow(added, prints[i]);
    }
    if (notices.some(({ segments }) => segments)) await this.readSegments();
  }

  /** Adds a track that was just written at the end of the tape. `bytes` is the size of its row on the shelf. */
  addTrack(row: TrackRow, bytes: number, print: Print, sketch: Sketch): void {
    this.tracks.put(row, bytes);
    this.sketches.put(row.id, sketch);
    this.index.add(this.postings.ofPrint(print, row.tapeStart));
  }

  /**
   * Replaces the index by these segments. Of the tracks that no segment covers, the newest are indexed in memory, up to
   * `sealPostings`; the others cannot be recognised until `upkeep.ts` has made segments of them. Call within `Writer.exclusive`.
   */
  async resetIndex(segments: readonly Segment[], unusable: readonly number[] = []): Promise<void> {
    const uncovered = this.tracks.tape.rows().filter((row) => !isCovered(segments, row));
    let first = uncovered.length;
    for (let postings = 0; first > 0; first--) {
      postings += expectedPostings(uncovered[first - 1]);
      if (postings > this.sealPostings) break;
    }
    const rows = uncovered.slice(first);
    const newest = new NewestPostings();
    newest.add(await this.postings.ofTracks(rows));
    this.index.reset(segments, newest, rows[0]?.tapeStart ?? this.state.nextTapeStart, unusable);
  }

  private async readSegments(): Promise<void> {
    const segments: Segment[] = [];
    const unusable: number[] = [];
    for (const [id, row] of await this.shelf.list('segments')) {
      const segment = unpackSegment(id, row);
      if (segment?.header.landmarkFormat === this.landmarkFormat) segments.push(segment);
      else unusable.push(id);
    }
    segments.sort((a, b) => a.header.tapeStart - b.header.tapeStart);
    await this.resetIndex(segments, unusable);
  }

  private takeRow(id: number, row: Row): void {
    const track = unpackTrackRow(id, row);
    if (track) this.tracks.put(track, row.length);
    else this.losses.addRow(id);
  }

  private indexRow(row: TrackRow, print: Row | undefined): void {
    if (print && isIntact(print) && fitsTrack(row, print)) {
      this.index.add(this.postings.ofPrint(unpackPrint(print), row.tapeStart));
    } else {
      this.losses.addPrint(row.id);
    }
  }
}

/** Whether one of the segments covers a track. The segments are in the order of the tape. */
function isCovered(segments: readonly Segment[], { tapeStart }: TrackRow): boolean {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segments[middle].header.tapeEnd <= tapeStart) low = middle + 1;
    else high = middle;
  }
  return low < segments.length && segments[low].header.tapeStart <= tapeStart;
}
