/** Chooses the segments to merge, so that there are few of them and each posting is rewritten seldom. */
import { MAX_PAGES, type Segment } from './segment.ts';

/** How many neighbouring segments become one. */
const FEWEST = 4;
const MOST = 8;
/** Together they must have this many times the postings of the largest, so that a large one is not rewritten for little. */
const LEAST_GROWTH = 2.5;
/** The merged segment must stay below this share of `MAX_PAGES`. */
const MOST_FULL = 0.9;

/**
 * Neighbouring segments that should become one, if there are any. `segments` are ordered by their place on the tape. Whatever
 * their sizes, O(log n) of them remain, and among 2,000 a posting is rewritten about six times.
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
