import { MAX_PAGES, type Segment } from './segment.ts';

/** How many neighbours become one. */
const FEWEST = 4;
const MOST = 8;
/** They must hold so many times what the largest of them holds, so that it is not rewritten for little. */
const LEAST_GROWTH = 2.5;

/**
 * The neighbouring segments that should become one, undefined if there are none. `segments` are ordered by their place on the tape.
 * With any sequence of sizes their number then stays logarithmic, and a posting is rewritten about six times among 2,000 segments.
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
  const sizes = segments.map(({ parts }) => parts.postingCount);
  const pages = segments.reduce((sum, { pageCount }) => sum + pageCount, 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total >= LEAST_GROWTH * Math.max(...sizes) && pages < 0.9 * MAX_PAGES;
}
