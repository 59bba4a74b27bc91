/**
 * A segment: the postings of one stretch of the tape, ordered by hash and cut into pages that lie on the shelf. It never
 * changes. What is kept of it in memory tells which page may hold a hash.
 *
 *     u32 version | u32 landmark format | u32 tape start | u32 tape end | u32 frames of its tracks | u32 postings
 *     | u32 last hash | u32 pages | u32 first hash of each page | u16 postings, u16 bytes of each page | u32 checksum
 */
import { isSound, sign } from '../shelf/checksum.ts';
import type { Row } from '../shelf/shelf.ts';
import { gapParameters, type PackedPage } from './page.ts';
import { lowerBound } from './postings.ts';

const SEGMENT_VERSION = 1;
const HEADER_BYTES = 32;
const PAGE_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Pages a segment may have: 8 GB of postings. */
export const MAX_PAGES = 2 ** 20;

/** Where a page lies in the store `pages`. */
export const pageKey = (segment: number, page: number) => segment * MAX_PAGES + page;
export const segmentOfPage = (key: number) => Math.floor(key / MAX_PAGES);

export interface SegmentParts {
  /** What made the landmarks: those of another format are none of ours. */
  landmarkFormat: number;
  /** Its tracks lie from here on, and before the end. */
  tapeStart: number;
  tapeEnd: number;
  /** Frames of its tracks when it was made, so that it shows how many are gone. */
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
    readonly parts: SegmentParts,
  ) {
    this.pageCount = parts.firstHashes.length;
    this.gapParameters = gapParameters(parts.tapeEnd - parts.tapeStart);
    this.bytes = parts.byteLengths.reduce((sum, length) => sum + length, 0);
  }

  /** The pages that may hold a hash: from this one on, which is not before `low`, as long as their first hash is not above it. */
  firstPage(hash: number, low = 0): number {
    const { firstHashes } = this.parts;
    // Hashes are asked for in ascending order: the next page is seldom far.
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
  parts: Omit<SegmentParts, 'postingCount' | 'firstHashes' | 'postingCounts' | 'byteLengths'>,
  pages: readonly PackedPage[],
): Segment {
  return new Segment(id, {
    ...parts,
    postingCount: pages.reduce((sum, page) => sum + page.postingCount, 0),
    firstHashes: Uint32Array.from(pages, ({ firstHash }) => firstHash),
    postingCounts: Uint16Array.from(pages, ({ postingCount }) => postingCount),
    byteLengths: Uint16Array.from(pages, ({ byteLength }) => byteLength),
  });
}

export function packSegment({ parts, pageCount }: Segment): Row {
  const row = new Uint8Array(HEADER_BYTES + pageCount * PAGE_BYTES + CHECKSUM_BYTES);
  const { landmarkFormat, tapeStart, tapeEnd, frameCount, postingCount, lastHash } = parts;
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
  new Uint32Array(row.buffer, HEADER_BYTES).set(parts.firstHashes);
  new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 4).set(parts.postingCounts);
  new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 6).set(parts.byteLengths);
  return sign(row);
}

/** Undefined if the row is damaged or of another version: the index is then made again from the prints. */
export function unpackSegment(id: number, row: Row): Segment | undefined {
  const header = isSound(row) ? new Uint32Array(row.buffer, 0, HEADER_BYTES / 4) : [];
  const [version, landmarkFormat, tapeStart, tapeEnd, frameCount, postingCount, lastHash, pageCount] = header;
  if (version !== SEGMENT_VERSION || row.length !== HEADER_BYTES + pageCount * PAGE_BYTES + CHECKSUM_BYTES)
    return undefined;
  const firstHashes = new Uint32Array(row.buffer, HEADER_BYTES, pageCount);
  const postingCounts = new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 4, pageCount);
  const byteLengths = new Uint16Array(row.buffer, HEADER_BYTES + pageCount * 6, pageCount);
  const spans = { landmarkFormat, tapeStart, tapeEnd, frameCount, postingCount, lastHash };
  return new Segment(id, { ...spans, firstHashes, postingCounts, byteLengths });
}
