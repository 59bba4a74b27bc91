/**
 * Writes a new segment. In: postings by ascending hash. Pages are written to the shelf as they fill. They are not read until the
 * caller has also written the segment's own row, which `finish` returns.
 */
import { pause } from '../background.ts';
import type { Change, Shelf } from '../shelf/shelf.ts';
import { type PackedPage, PageWriter } from './pages/page-writer.ts';
import type { Run } from './postings.ts';
import { pageKey, type Segment, type SegmentHeader, segmentOf } from './segment.ts';

/** Pages per batch. This limits how long a query has to wait for the shelf. */
const BATCH_PAGES = 64;

/** The part of the tape that a segment covers. */
export type Coverage = Pick<SegmentHeader, 'landmarkFormat' | 'tapeStart' | 'tapeEnd' | 'frameCount'>;

export class SegmentBuilder {
  private readonly pages: PackedPage[] = [];
  private readonly writer: PageWriter;
  private batch: Change[] = [];

  /** `giveWay` is awaited after every batch, so that queries can run in between. */
  constructor(
    private readonly shelf: Shelf,
    readonly id: number,
    private readonly coverage: Coverage,
    private readonly giveWay: () => Promise<void> = pause,
  ) {
    this.writer = new PageWriter(coverage.tapeStart, coverage.tapeEnd, (row, page) => {
      this.batch.push({ store: 'pages', key: pageKey(id, this.pages.length), row });
      this.pages.push(page);
    });
  }

  /** If true, await `flush` before adding more. */
  get isFull(): boolean {
    return this.batch.length >= BATCH_PAGES;
  }

  /** Adds the ascending positions of a hash, positions[from] to positions[to - 1]. */
  add(hash: number, positions: Uint32Array, from: number, to: number): void {
    this.writer.add(hash, positions, from, to);
  }

  async addRun({ hashes, positions }: Run): Promise<void> {
    for (let from = 0, to = 0; from < hashes.length; from = to) {
      while (to < hashes.length && hashes[to] === hashes[from]) to++;
      this.add(hashes[from], positions, from, to);
      if (this.isFull) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const batch = this.batch;
    this.batch = [];
    await this.shelf.write(batch, true);
    await this.giveWay();
  }

  async finish(): Promise<Segment> {
    this.writer.finish();
    await this.flush();
    return segmentOf(this.id, { ...this.coverage, lastHash: this.writer.lastHash }, this.pages);
  }
}
