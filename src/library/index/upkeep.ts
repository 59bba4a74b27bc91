/**
 * Maintains the index, one task (`due-task.ts`) at a time: seals, merges, rebuilds and deletes segments. The pages of a new segment
 * are written first, under an id that the state lists in `leftovers`. One batch then adds the segment's row and removes the id from
 * that list. If a crash prevents that batch, the pages are deleted as leftovers.
 */
import type { Contents } from '../contents.ts';
import type { TrackRow } from '../rows/row-bytes.ts';
import { type Change, without } from '../shelf/shelf.ts';
import type { Writer } from '../writer.ts';
import { dueTask, type UpkeepTask } from './due-task.ts';
import { mergeSegments } from './merge-segments.ts';
import type { NewestPostings } from './newest-postings.ts';
import { packSegment, pageKey, type Segment } from './segment.ts';
import { type Coverage, SegmentBuilder } from './segment-builder.ts';
import { lowerBound } from './u32-list.ts';

/** Pages deleted per batch. */
const PAGES_PER_BATCH = 256;

export class Upkeep {
  /** The state's `tape` when the current step began. */
  private tapeVersion: number | undefined;

  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
  ) {}

  /** Does the next due task; false if there is none. Only one tab at a time may run this. */
  async step(): Promise<boolean> {
    const { contents, writer } = this;
    await writer.catchUp(); // another tab may have done it already
    this.tapeVersion = contents.state.tape;
    const task = dueTask(contents.index, contents.tracks.tape, contents.state, contents.sealPostings);
    if (task) await this.run(task);
    return task !== undefined;
  }

  private run(task: UpkeepTask): Promise<void> {
    switch (task.kind) {
      case 'clear':
        return this.clear(task.segmentId);
      case 'discard':
        return this.commit([], []);
      case 'rebuild':
        return this.rebuild(task.chunks, task.replaced);
      case 'seal':
        return this.seal();
      case 'merge':
        return this.merge(task.segments);
    }
  }

  private async seal(): Promise<void> {
    const { index, tracks } = this.contents;
    const rows = tracks.tape.rows(index.newestStart);
    const frozen = index.freeze();
    try {
      const builder = await this.begin(this.coverageOf(rows));
      await builder.addRun(frozen.merged());
      await this.commit([await builder.finish()], [], frozen);
    } finally {
      index.thaw(frozen);
    }
  }

  private async merge(segments: readonly Segment[]): Promise<void> {
    const { shelf, index, tracks } = this.contents;
    const rows = segments.flatMap(({ header }) => tracks.tape.rows(header.tapeStart, header.tapeEnd));
    if (rows.length === 0) return this.commit([], segments);
    const framesBefore = segments.reduce((sum, { header }) => sum + header.frameCount, 0);
    const builder = await this.begin({
      ...this.coverageOf(rows),
      tapeStart: segments[0].header.tapeStart,
      tapeEnd: (segments.at(-1) as Segment).header.tapeEnd,
    });
    const isLiving = framesOf(rows) < framesBefore ? livingOn(rows) : undefined;
    const damaged = await mergeSegments(shelf, segments, isLiving, builder);
    if (damaged) index.markDamaged([damaged]);
    else await this.commit([await builder.finish()], segments);
  }

  private async rebuild(chunks: readonly TrackRow[][], replaced: readonly Segment[]): Promise<void> {
    const made: Segment[] = [];
    for (const rows of chunks) {
      const builder = await this.begin(this.coverageOf(rows));
      await builder.addRun(await this.contents.postings.ofTracks(rows, () => this.contents.quiet.wait()));
      made.push(await builder.finish());
    }
    await this.commit(made, replaced);
  }

  private async clear(segmentId: number): Promise<void> {
    const { contents, writer } = this;
    const keys = await contents.shelf.keys('pages', pageKey(segmentId, 0), pageKey(segmentId + 1, 0));
    for (let i = 0; i < keys.length; i += PAGES_PER_BATCH) {
      const last = keys[Math.min(keys.length, i + PAGES_PER_BATCH) - 1];
      await contents.shelf.write([{ store: 'pages', from: keys[i], below: last + 1 }], true);
    }
    await writer.exclusive(() => {
      const leftovers = contents.state.leftovers.filter((id) => id !== segmentId);
      return writer.commit([], { leftovers }, { tracks: [] });
    });
  }

  /** Reserves a segment id. Its pages count as leftovers until `commit`. */
  private begin(coverage: Coverage): Promise<SegmentBuilder> {
    const { contents, writer } = this;
    return writer.exclusive(async () => {
      const { nextSegment: id, leftovers } = contents.state;
      await writer.commit([], { nextSegment: id + 1, leftovers: [...leftovers, id] }, { tracks: [] });
      return new SegmentBuilder(contents.shelf, id, coverage, () => contents.quiet.wait());
    });
  }

  /** Makes the new segments valid. They replace the segments `replaced`, the sealed `frozen` postings and unusable rows. */
  private commit(made: readonly Segment[], replaced: readonly Segment[], sealed?: NewestPostings): Promise<void> {
    const { contents, writer } = this;
    return writer.exclusive(async () => {
      const { index, state } = contents;
      if (state.tape !== this.tapeVersion) return; // tracks were moved meanwhile: the new pages stay leftovers
      const gone = [...replaced.map(({ id }) => id), ...index.unusable];
      const changes: Change[] = [
        ...gone.map((id) => without('segments', id)),
        ...made.map((segment): Change => ({ store: 'segments', key: segment.id, row: packSegment(segment) })),
      ];
      const kept = state.leftovers.filter((id) => !made.some((segment) => segment.id === id));
      await writer.commit(changes, { leftovers: [...kept, ...gone] }, { segments: true });
      const isComplete = index.replace(made, replaced, sealed);
      if (!isComplete) await contents.resetIndex(index.segments);
    });
  }

  private coverageOf(rows: readonly TrackRow[]): Coverage {
    const last = rows[rows.length - 1];
    return {
      landmarkFormat: this.contents.landmarkFormat,
      tapeStart: rows[0].tapeStart,
      tapeEnd: last.tapeStart + last.frameCount,
      frameCount: framesOf(rows),
    };
  }
}

const framesOf = (rows: readonly TrackRow[]) => rows.reduce((sum, { frameCount }) => sum + frameCount, 0);

/** Returns a function that says whether a position lies on one of these tracks, which are in the order of the tape. */
function livingOn(rows: readonly TrackRow[]): (position: number) => boolean {
  const starts = Uint32Array.from(rows, ({ tapeStart }) => tapeStart);
  return (position) => {
    const row = rows[lowerBound(starts, position + 1) - 1];
    return row !== undefined && position < row.tapeStart + row.frameCount;
  };
}
