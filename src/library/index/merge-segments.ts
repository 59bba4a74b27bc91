/** Merges several segments into one (k-way merge), without the postings of deleted tracks. */
import type { Shelf } from '../shelf/shelf.ts';
import type { Page } from './pages/page.ts';
import type { Run } from './postings.ts';
import { pageKey, type Segment } from './segment.ts';
import type { SegmentBuilder } from './segment-builder.ts';
import { U32List } from './u32-list.ts';

/** How many pages of each segment are read ahead. */
const PAGES_AHEAD = 16;
/** Greater than every hash: marks the end of a segment or page. */
const NO_HASH = 2 ** 32;

/**
 * Merges neighbouring segments into `builder`. `isLiving` says whether a position belongs to a track that still exists; without it,
 * all postings are kept. Stops at a damaged page and returns its segment.
 */
export async function mergeSegments(
  shelf: Shelf,
  segments: readonly Segment[],
  isLiving: ((position: number) => boolean) | undefined,
  builder: SegmentBuilder,
): Promise<Segment | undefined> {
  const readers = segments.map((segment) => new SegmentReader(shelf, segment));
  for (const reader of readers) if (!(await reader.nextPage())) return reader.segment;
  const found = new U32List();
  for (;;) {
    let hash = NO_HASH;
    for (const reader of readers) if (reader.hash < hash) hash = reader.hash;
    if (hash === NO_HASH) return undefined;
    found.length = 0;
    for (const reader of readers) {
      while (reader.hash === hash) {
        if (!reader.take(found, isLiving) && !(await reader.nextPage())) return reader.segment;
      }
    }
    if (found.length > 0) builder.add(hash, found.values, 0, found.length);
    if (builder.isFull) await builder.flush();
  }
}

/** Reads a segment's postings in order, a few pages at a time. */
class SegmentReader {
  /** The hash of the next posting on the current page. */
  hash = NO_HASH;
  private run: Run = { hashes: new Uint32Array(0), positions: new Uint32Array(0) };
  private at = 0;
  private pagesRead = 0;
  private ahead: (Page | undefined)[] = [];

  constructor(
    private readonly shelf: Shelf,
    readonly segment: Segment,
  ) {}

  /** Appends the current page's positions of a hash. False at the end of the page: the next page may have more of them. */
  take(found: U32List, isLiving: ((position: number) => boolean) | undefined): boolean {
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

  /** Moves to the next page, if any. False if that page is damaged or missing. */
  async nextPage(): Promise<boolean> {
    const { id, pageCount, header, gapParameters } = this.segment;
    if (this.pagesRead === pageCount) return true;
    if (this.ahead.length === 0) {
      const numbers = Array.from(
        { length: Math.min(PAGES_AHEAD, pageCount - this.pagesRead) },
        (_, i) => this.pagesRead + i,
      );
      const rows = await this.shelf.read(
        'pages',
        numbers.map((number) => pageKey(id, number)),
      );
      this.ahead = rows.map((row, i) => row && this.segment.pageIn(row, numbers[i]));
    }
    const page = this.ahead.shift();
    if (!page) return false;
    this.run = page.run(header.tapeStart, gapParameters);
    if (page.isBroken) return false;
    this.at = 0;
    this.hash = this.run.hashes[0];
    this.pagesRead++;
    return true;
  }
}
