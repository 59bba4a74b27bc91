/**
 * What goes on behind the scenes: the head is sealed into a segment when it has grown, small neighbouring segments
 * become one, what is gone is taken out, and what is missing, damaged or of an older format is made again from the prints. Each
 * step ends in one batch that makes it count; a crash before that leaves pages that the state lists as leftovers.
 */
import type { Print } from '../../types.ts';
import { packJson, type State, type TrackRow } from '../row-bytes.ts';
import { type Change, type Shelf, without } from '../shelf/shelf.ts';
import type { Ledger } from '../state.ts';
import type { Catalogue } from '../track-list.ts';
import { mergeSegments, type Place, pause, SegmentBuilder } from './build-segment.ts';
import { segmentsToMerge } from './choose-merge.ts';
import { Head } from './newest-postings.ts';
import { Growing, lowerBound, type Run, sortedRun } from './postings.ts';
import { packSegment, pageKey, type Segment } from './segment.ts';
import { type TapeIndex, weightOf } from './tape-index.ts';

/** A segment of which less than this is left is written anew. */
const LEAST_LIVING = 0.5;
/** Pages taken away in one batch. */
const CLEARED_AT_ONCE = 256;
/** Prints read at once. */
const PRINTS_AT_ONCE = 16;

export interface Parts {
  shelf: Shelf;
  ledger: Ledger;
  catalogue: Catalogue;
  index: TapeIndex;
  /** Sound prints in the order asked, without passing through the cache. */
  readPrints: (tracks: number[]) => Promise<(Print | undefined)[]>;
  landmarksOf: (print: Print) => { count: number; hashes: Uint32Array; frames: Uint32Array };
  landmarkFormat: number;
  /** The head is sealed when it has this many postings. */
  sealPostings: number;
}

/** After the last segment comes the head. */
const HEAD_ONLY = { tapeStart: Infinity, tapeEnd: Infinity };

const framesOf = (rows: readonly TrackRow[]) => rows.reduce((sum, { frameCount }) => sum + frameCount, 0);
export class Upkeep {
  /** Segments of which a page was found missing or damaged. */
  readonly damaged = new Set<Segment>();
  /** Rows of segments that are of no use: damaged, or of another landmark format. */
  readonly obsolete = new Set<number>();
  /** The state's `tape` when the present step began. */
  private tape: number | undefined;

  constructor(private readonly parts: Parts) {}

  /** Does the next thing that is due; false if nothing is. Only one tab may be at it. */
  async step(): Promise<boolean> {
    const { ledger, index, sealPostings } = this.parts;
    await ledger.alone(async () => {}); // what another tab did is not due any more
    this.tape = ledger.state.tape;
    const { segments } = index;
    const damaged = segments.find((segment) => this.damaged.has(segment));
    const pending = this.pendingChunk();
    const merged = segmentsToMerge(segments);
    const dying = segments.find(
      ({ parts: { tapeStart, tapeEnd, frameCount } }) =>
        this.parts.catalogue.framesOnTape(tapeStart, tapeEnd) < frameCount * LEAST_LIVING,
    );

    if (ledger.state.leftovers.length > 0) await this.clearLeftovers();
    else if (this.obsolete.size > 0) await this.commit([], []);
    else if (damaged) await this.rebuild(this.chunksOf(this.rowsIn(damaged)), [damaged]);
    else if (pending) await this.rebuild([pending], []);
    else if (index.headPostings >= sealPostings) await this.seal();
    else if (merged) await this.merge(merged);
    else if (dying) await this.merge([dying]);
    else return false;
    return true;
  }

  /** The first tracks that neither a segment nor the head holds, as many as make a segment. */
  private pendingChunk(): TrackRow[] | undefined {
    const { catalogue, index } = this.parts;
    let from = 0;
    for (const { tapeStart, tapeEnd } of [...index.segments.map(({ parts }) => parts), HEAD_ONLY]) {
      const below = Math.min(tapeStart, index.headStart);
      const [chunk] = below > from ? this.chunksOf(catalogue.onTape(from, below)) : [];
      if (chunk) return chunk;
      from = tapeEnd;
    }
    return undefined;
  }

  /**
   * Puts segments in place, and into the head the newest tracks that none of them holds, as many as it may have; to be
   * called alone.
   */
  async fillHead(segments: readonly Segment[]): Promise<void> {
    const { catalogue, index, ledger, sealPostings } = this.parts;
    const unsealed = catalogue.onTape().filter((row) => !isSealed(segments, row));
    let first = unsealed.length;
    for (let postings = 0; first > 0; first--) {
      postings += weightOf(unsealed[first - 1]);
      if (postings > sealPostings) break;
    }
    const rows = unsealed.slice(first);
    const head = new Head();
    head.add(await this.postingsOf(rows));
    index.reset(segments, head, rows[0]?.tapeStart ?? ledger.state.nextTapeStart);
  }

  /**
   * Lays all tracks one after the other from the start of the tape, and drops the index over the old places; to be called
   * alone. One batch: after a crash either all have moved or none.
   */
  async layTapeAnew(gapFrames: number): Promise<void> {
    const { ledger, catalogue } = this.parts;
    let nextTapeStart = gapFrames;
    const rows = catalogue.onTape().map((row) => {
      const tapeStart = nextTapeStart;
      nextTapeStart += row.frameCount + gapFrames;
      return { ...row, tapeStart };
    });
    const packed = rows.map((row): Change => ({ store: 'tracks', key: row.id, row: packJson(row) }));
    const { changes, advance } = this.droppedIndex();
    await ledger.write([...packed, ...changes], { ...advance, nextTapeStart }, {});
    for (const [i, row] of rows.entries()) catalogue.put(row, rowBytes(packed[i]));
    await this.indexDropped();
  }

  /** What makes the whole index void, as part of a batch that moves tracks on the tape; then comes `indexDropped`. */
  droppedIndex(): { changes: Change[]; advance: Partial<State> } {
    const { ledger, index } = this.parts;
    const { tape = 0, leftovers } = ledger.state;
    const gone = [...index.segments.map(({ id }) => id), ...this.obsolete];
    return {
      changes: gone.map((id) => without('segments', id)),
      advance: { tape: tape + 1, leftovers: [...leftovers, ...gone] },
    };
  }

  async indexDropped(): Promise<void> {
    this.obsolete.clear();
    this.damaged.clear();
    await this.fillHead([]);
  }

  /** Takes removed tracks out for good. */
  async purge(isDue: (row: TrackRow) => boolean): Promise<void> {
    const { ledger, catalogue } = this.parts;
    await ledger.alone(async () => {
      const ids = catalogue.rows().flatMap((row) => (row.removed !== undefined && isDue(row) ? row.id : []));
      if (ids.length === 0) return;
      const stores = ['tracks', 'prints', 'covers'] as const;
      const changes = ids.flatMap((id) => stores.map((store) => without(store, id)));
      await ledger.write(changes, {}, { tracks: ids });
      for (const id of ids) catalogue.delete(id);
    });
  }

  /** The postings of tracks that are ordered by their place on the tape. */
  private async postingsOf(rows: readonly TrackRow[]): Promise<Run> {
    const hashes = new Growing();
    const positions = new Growing();
    for (let start = 0; start < rows.length; start += PRINTS_AT_ONCE) {
      const some = rows.slice(start, start + PRINTS_AT_ONCE);
      const prints = await this.parts.readPrints(some.map(({ id }) => id));
      for (const [i, print] of prints.entries()) {
        if (!print) continue;
        const landmarks = this.parts.landmarksOf(print);
        hashes.append(landmarks.hashes);
        positions.append(landmarks.frames.map((frame) => some[i].tapeStart + frame));
      }
      await pause();
    }
    return sortedRun(hashes.taken(), positions.taken());
  }

  private rowsIn({ parts: { tapeStart, tapeEnd } }: Segment): TrackRow[] {
    return this.parts.catalogue.onTape(tapeStart, tapeEnd);
  }

  private async seal(): Promise<void> {
    const { index, catalogue } = this.parts;
    const rows = catalogue.onTape(index.headStart);
    const frozen = index.freeze();
    let made: Segment | undefined;
    try {
      const builder = await this.begin(placeOf(rows, this.parts.landmarkFormat));
      await builder.addRun(frozen.whole());
      made = await builder.finish();
      await this.commit([made], [], frozen);
    } finally {
      index.thaw(frozen);
    }
  }

  private async merge(segments: readonly Segment[]): Promise<void> {
    const rows = segments.flatMap((segment) => this.rowsIn(segment));
    if (rows.length === 0) return this.commit([], segments);
    const before = segments.reduce((sum, { parts }) => sum + parts.frameCount, 0);
    const builder = await this.begin({
      landmarkFormat: this.parts.landmarkFormat,
      tapeStart: segments[0].parts.tapeStart,
      tapeEnd: (segments.at(-1) as Segment).parts.tapeEnd,
      frameCount: framesOf(rows),
    });
    const isLiving = framesOf(rows) < before ? livingOn(rows) : undefined;
    const damaged = await mergeSegments(this.parts.shelf, segments, isLiving, builder);
    if (damaged) this.damaged.add(damaged);
    else await this.commit([await builder.finish()], segments);
  }

  /** Makes segments from prints, each from a chunk of tracks, in place of others. */
  private async rebuild(chunks: Iterable<TrackRow[]>, replaced: Segment[]): Promise<void> {
    const made: Segment[] = [];
    for (const rows of chunks) {
      const builder = await this.begin(placeOf(rows, this.parts.landmarkFormat));
      await builder.addRun(await this.postingsOf(rows));
      made.push(await builder.finish());
    }
    await this.commit(made, replaced);
  }

  /** Tracks in stretches of two new segments each, which saves a merge. */
  private *chunksOf(rows: readonly TrackRow[]): Generator<TrackRow[]> {
    let chunk: TrackRow[] = [];
    let postings = 0;
    for (const row of rows) {
      const weight = weightOf(row);
      if (chunk.length > 0 && postings + weight > 2 * this.parts.sealPostings) {
        yield chunk;
        [chunk, postings] = [[], 0];
      }
      chunk.push(row);
      postings += weight;
    }
    if (chunk.length > 0) yield chunk;
  }

  /** A segment's number, under which pages may be written: they are leftovers until it is committed. */
  private begin(place: Place): Promise<SegmentBuilder> {
    const { shelf, ledger, index } = this.parts;
    return ledger.alone(async () => {
      const { nextSegment: id, leftovers } = ledger.state;
      await ledger.write([], { nextSegment: id + 1, leftovers: [...leftovers, id] }, { tracks: [] });
      return new SegmentBuilder(shelf, id, place, () => index.giveWay());
    });
  }

  /** From here on the segments made are there, and those replaced, a sealed head and what is obsolete are not. */
  private commit(made: readonly Segment[], replaced: readonly Segment[], sealed?: Head): Promise<void> {
    const { ledger, index } = this.parts;
    return ledger.alone(async () => {
      if (ledger.state.tape !== this.tape) return; // the tape was laid anew: what was made is left over
      const gone = [...replaced.map(({ id }) => id), ...this.obsolete];
      const changes: Change[] = [
        ...gone.map((id) => without('segments', id)),
        ...made.map((segment): Change => ({ store: 'segments', key: segment.id, row: packSegment(segment) })),
      ];
      const kept = ledger.state.leftovers.filter((id) => !made.some((segment) => segment.id === id));
      await ledger.write(changes, { leftovers: [...kept, ...gone] }, { segments: true });
      const isWhole = index.replace(made, replaced, sealed);
      if (!isWhole) await this.fillHead(index.segments);
      for (const segment of replaced) this.damaged.delete(segment);
      this.obsolete.clear();
    });
  }

  private async clearLeftovers(): Promise<void> {
    const { shelf, ledger } = this.parts;
    const [id] = ledger.state.leftovers;
    const keys = await shelf.keys('pages', pageKey(id, 0), pageKey(id + 1, 0));
    for (let i = 0; i < keys.length; i += CLEARED_AT_ONCE) {
      const last = keys[Math.min(keys.length, i + CLEARED_AT_ONCE) - 1];
      await shelf.write([{ store: 'pages', from: keys[i], below: last + 1 }], true);
    }
    await ledger.alone(() => {
      const leftovers = ledger.state.leftovers.filter((left) => left !== id);
      return ledger.write([], { leftovers }, { tracks: [] });
    });
  }
}

const rowBytes = (change: Change) => ('row' in change ? change.row.length : 0);

/** Whether one of the segments, which are ordered by their place on the tape, holds it. */
function isSealed(segments: readonly Segment[], { tapeStart }: TrackRow): boolean {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segments[middle].parts.tapeEnd <= tapeStart) low = middle + 1;
    else high = middle;
  }
  return low < segments.length && segments[low].parts.tapeStart <= tapeStart;
}

function placeOf(rows: readonly TrackRow[], landmarkFormat: number): Place {
  const last = rows[rows.length - 1];
  const tapeEnd = last.tapeStart + last.frameCount;
  return { landmarkFormat, tapeStart: rows[0].tapeStart, tapeEnd, frameCount: framesOf(rows) };
}

/** Whether a position lies on one of the tracks, which are ordered by their place on the tape. */
function livingOn(rows: readonly TrackRow[]): (position: number) => boolean {
  const starts = Uint32Array.from(rows, ({ tapeStart }) => tapeStart);
  return (position) => {
    const row = rows[lowerBound(starts, position + 1) - 1];
    return row !== undefined && position < row.tapeStart + row.frameCount;
  };
}
