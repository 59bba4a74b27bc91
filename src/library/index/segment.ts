/**
 * A segment: the postings of one part of the tape, ordered by hash and packed into pages (`page.ts`). Segments are immutable. The
 * header stays in memory and says which page may hold a hash; pages are read when needed.
 *
 *     u32 version | u32 landmark format | u32 tape start | u32 tape end | u32 frames of its tracks | u32 postings
 *     | u32 last hash | u32 pages | u32 first hash of each page | u16 postings, u16 bytes of each page | u32 checksum
 */
import { isIntact, writeChecksum } from '../shelf/checksum.ts';
import type { Row } from '../shelf/shelf.ts';
import { gapParameters, Page } from './pages/page.ts';
import type { PackedPage } from './pages/page-writer.ts';
import { lowerBound } from './u32-list.ts';

const SEGMENT_VERSION = 1;
const HEADER_BYTES = 32;
const PAGE_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Maximum number of pages of a segment: 8 GB of postings. */
export const MAX_PAGES = 2 ** 20;

/** Key of a page in the store `pages`. */
export const pageKey = (segment: number, page: number) => segment * MAX_PAGES + page;
export const segmentOfPage = (key: number) => Math.floor(key / MAX_PAGES);

export interface SegmentHeader {
  /** `LandmarkScheme.landmarkFormat` of the postings; a segment of another format is unusable. */
  landmarkFormat: number;
  /** The segment covers the tracks that start at `tapeStart` or later and before `tapeEnd`. */
  tapeStart: number;
  tapeEnd: number;
  /** Total frames of its tracks when it was written. The difference to the frames that still exist shows how much is dead. */
  frameCount: number;
  postingCount: number;
  lastHash: number;
  firstHashes: Uint32Array;
  postingCounts: Uint16Array;
  byteLengths: Uint16Array;
}

export class Segment {
  readonly pageCount: number;
  readonly gapParameters: Uint8Array;
  readonly bytes: number;

  constructor(
    readonly id: number,
    readonly header: SegmentHeader,
  ) {
    this.pageCount = header.firstHashes.length;
    this.gapParameters = gapParameters(header.tapeEnd - header.tapeStart);
    this.bytes = header.byteLengths.reduce((sum, length) => sum + length, 0);
  }

  /** Undefined if the row is damaged or not this page of this segment: a disk repair may have exchanged rows. */
  pageIn(row: Row, number: number): Page | undefined {
    const { byteLengths, firstHashes } = this.header;
    const page = row.length === byteLengths[number] ? Page.of(row) : undefined;
    return page?.firstHash === firstHashes[number] ? page : undefined;
  }

  /**
   * The first page from `low` on that may hold `hash`. Following pages may hold it, too, as long as their first hash is not greater.
   * It is an exponential search from `low`: hashes are looked up in ascending order, so the page is seldom far.
   */
  firstPage(hash: number, low = 0): number {
    const { firstHashes } = this.header;
    let [from, to] = [low, low];
    for (let step = 1; to < this.pageCount && firstHashes[to] < hash; step *= 2) {
      from = to;
      to += step;
    }
    return Math.max(0, lowerBound(firstHashes, hash, from, Math.min(to, this.pageCount)) - 1);
  }
}

export function segmentOf(
  id: number,
  header: Omit<SegmentHeader, 'postingCount' | 'firstHashes' | 'postingCounts' | 'byteLengths'>,
  pages: readonly PackedPage[],
): Segment {
  return new Segment(id, {
    ...header,
    postingCount: pages.reduce((sum, page) => sum + page.postingCount, 0),
    firstHashes: Uint32Array.from(pages, ({ firstHash }) => firstHash),
    postingCounts: Uint16Array.from(pages, ({ postingCount }) => postingCount),
    byteLengths: Uint16Array.from(pages, ({ byteLength }) => byteLength),
  });
}

export function packSegment({ header, pageCount }: Segment): Row {
  const row = new Uint8Array(HEADER_BYTES + pageCount * PAGE_BYTES + CHECKSUM_BYTES);
  const { landmarkFormat, tapeStart, tapeEnd, frameCount, postingCount, lastHash } = header;
  new Uint32Array(row.buffer).set([
    SEGMENT_VERSION,
    landmarkFormat,
    tapeStart,
    tapeEnd,
    frameCount,
    postingCount,
    lastHash,
    pageCount,
  ]);
  new Uint32Array(row.buffer, HEADER_BYTES).set(header.firstHashes);
  new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 4).set(header.postingCounts);
  new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 6).set(header.byteLengths);
  return writeChecksum(row);
}

/** Undefined if the row is damaged or of another version; this part of the index is then rebuilt from the prints. */
export function unpackSegment(id: number, row: Row): Segment | undefined {
  const numbers = isIntact(row) ? new Uint32Array(row.buffer, 0, HEADER_BYTES / 4) : [];
  const [version, landmarkFormat, tapeStart, tapeEnd, frameCount, postingCount, lastHash, pageCount] = numbers;
  if (version !== SEGMENT_VERSION || row.length !== HEADER_BYTES + pageCount * PAGE_BYTES + CHECKSUM_BYTES)
    return undefined;
  const firstHashes = new Uint32Array(row.buffer, HEADER_BYTES, pageCount);
  const postingCounts = new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 4, pageCount);
  const byteLengths = new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 6, pageCount);
  const spans = { landmarkFormat, tapeStart, tapeEnd, frameCount, postingCount, lastHash };
  return new Segment(id, { ...spans, firstHashes, postingCounts, byteLengths });
}
