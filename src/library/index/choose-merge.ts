/** Chooses which segments to merge, so that there are few of them and each posting is seldom rewritten. */
import { MAX_PAGES, type Segment } from './segment.ts';

/** How many neighbouring segments are merged at once. */
const FEWEST = 4;
const MOST = 8;
/** Their postings must be this many times those of the largest, so that a large segment is not rewritten for a small gain. */
const LEAST_GROWTH = 2.5;
/** Largest merged segment, as a share of `MAX_PAGES`. */
const MOST_FULL = 0.9;

/**
 * Neighbouring segments that should be merged, if there are any. `segments` are in the order of the tape. O(log n) of them remain,
 * whatever their sizes; up to 2,000 segments, a posting is rewritten about six times.
 */
export function segmentsToMerge(segments: readonly Segment[]): readonly Segment[] | undefined {
  for (let count = FEWEST; count <= MOST; count++) {
    for (let start = segments.length - count; start >= 0; start--) {
      const some = segments.slice(start, start + count);
      if (isWorthIt(some)) return some;
    }
  }
  return undefined;
}

function isWorthIt(segments: readonly Segment[]): boolean {
  const sizes = segments.map(({ header }) => header.postingCount);
  const pages = segments.reduce((sum, { pageCount }) => sum + pageCount, 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total >= LEAST_GROWTH * Math.max(...sizes) && pages < MOST_FULL * MAX_PAGES;
}
