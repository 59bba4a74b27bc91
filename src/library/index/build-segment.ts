/** Segments in the making: pages are written as they fill, unseen until the row of their segment is there. */

import type { Change, Shelf } from '../shelf/shelf.ts';
import { type PackedPage, Page, PageWriter } from './page.ts';
import { Growing, type Run } from './postings.ts';
import { pageKey, type Segment, type SegmentParts, segmentOf } from './segment.ts';

/** Pages written in one batch, so that a query waits for no more than these. */
const BATCH_PAGES = 64;

/** Lets whatever else is waiting run first. */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

export type Place = Pick<SegmentParts, 'landmarkFormat' | 'tapeStart' | 'tapeEnd' | 'frameCount'>;

export class SegmentBuilder {
  private readonly pages: PackedPage[] = [];
  private readonly writer: PageWriter;
  private batch: Change[] = [];

  constructor(
    private readonly shelf: Shelf,
    readonly id: number,
    private readonly place: Place,
    private readonly giveWay: () => Promise<void> = pause,
  ) {
    this.writer = new PageWriter(place.tapeStart, place.tapeEnd, (row, page) => {
      this.batch.push({ store: 'pages', key: pageKey(id, this.pages.length), row });
      this.pages.push(page);
    });
  }

  /** Whether `flush` should be waited for before adding more. */
  get isFull(): boolean {
    return this.batch.length >= BATCH_PAGES;
  }

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
    return segmentOf(this.id, { ...this.place, lastHash: this.writer.lastHash }, this.pages);
  }
}

/** Above every hash. */
const NO_HASH = 2 ** 32;

/** Reads a segment's postings in their order, a few pages at a time. */
class SegmentReader {
  /** The hash whose positions come next. */
  hash = NO_HASH;
  private run: Run = { hashes: new Uint32Array(0), positions: new Uint32Array(0) };
  private at = 0;
  private nextPage = 0;
  private ahead: (Page | undefined)[] = [];

  constructor(
    private readonly shelf: Shelf,
    readonly segment: Segment,
  ) {}

  /** Moves the positions of the hash that are on this page; false when another page has to be turned to. */
  take(found: Growing, isLiving: ((position: number) => boolean) | undefined): boolean {
    const { hash } = this;
    const { hashes, positions } = this.run;
    const { length } = hashes;
    let { at } = this;
    for (; at < length && hashes[at] === hash; at++) {
      if (!isLiving || isLiving(positions[at])) found.push(positions[at]);
    }
    this.at = at;
    this.hash = at < length ? hashes[at] : NO_HASH;
    return at < length;
  }

  /** Goes on to the next page, if there is one. False if it is damaged. */
  async turn(): Promise<boolean> {
    const { id, pageCount, parts, gapParameters } = this.segment;
    if (this.nextPage === pageCount) return true;
    if (this.ahead.length === 0) {
      const count = Math.min(BATCH_PAGES / 4, pageCount - this.nextPage);
      const keys = Array.from({ length: count }, (_, i) => pageKey(id, this.nextPage + i));
      this.ahead = (await this.shelf.read('pages', keys)).map((row) => row && Page.of(row));
    }
    const page = this.ahead.shift();
    if (!page) return false;
    this.run = page.whole(parts.tapeStart, gapParameters);
    this.at = 0;
    this.hash = this.run.hashes[0];
    this.nextPage++;
    return true;
  }
}

/**
 * Neighbouring segments become one, without the postings of tracks that are gone (all are there if `isLiving` is not
 * given). One with a damaged page ends it, and is handed back.
 */
export async function mergeSegments(
  shelf: Shelf,
  segments: readonly Segment[],
  isLiving: ((position: number) => boolean) | undefined,
  builder: SegmentBuilder,
): Promise<Segment | undefined> {
  const readers = segments.map((segment) => new SegmentReader(shelf, segment));
  for (const reader of readers) if (!(await reader.turn())) return reader.segment;
  const found = new Growing();
  for (;;) {
    let hash = NO_HASH;
    for (const reader of readers) if (reader.hash < hash) hash = reader.hash;
    if (hash === NO_HASH) return undefined;
    found.length = 0;
    for (const reader of readers) {
      while (reader.hash === hash) {
        if (!reader.take(found, isLiving) && !(await reader.turn())) return reader.segment;
      }
    }
    if (found.length > 0) builder.add(hash, found.values, 0, found.length);
    if (builder.isFull) await builder.flush();
  }
}
