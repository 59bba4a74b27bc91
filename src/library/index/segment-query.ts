/**
 * One lookup in one segment: first finds the pages that may hold the hashes (`numbers`), then, once `pages` have been loaded, the
 * positions of each hash.
 */
import type { Page } from './pages/page.ts';
import type { Segment } from './segment.ts';
import type { U32List } from './u32-list.ts';

const NO_PAGE = 0xffffffff;

export class SegmentQuery {
  /** Ascending numbers of the needed pages. */
  readonly numbers: number[] = [];
  /** The pages in the order of `numbers`; a damaged one stays undefined. */
  readonly pages: (Page | undefined)[] = [];
  /** For each hash, the index in `numbers` of its first page. */
  private readonly firsts: Uint32Array;

  /** `hashes` must ascend. */
  constructor(
    readonly segment: Segment,
    private readonly hashes: Uint32Array,
  ) {
    const { firstHashes, lastHash } = segment.header;
    const { pageCount } = segment;
    this.firsts = new Uint32Array(hashes.length).fill(NO_PAGE);
    for (let i = 0, page = 0, last = -1; i < hashes.length && hashes[i] <= lastHash; i++) {
      const hash = hashes[i];
      page = segment.firstPage(hash, page);
      if (firstHashes[page] > hash) continue;
      this.firsts[i] = this.numbers.length - (page === last ? 1 : 0);
      for (let next = page; next < pageCount && firstHashes[next] <= hash; next++) {
        if (next > last) this.numbers.push(next);
        last = Math.max(last, next);
      }
    }
  }

  /** Appends the positions of `hashes[i]` to `found`. */
  find(i: number, found: U32List): void {
    const { numbers, pages, segment } = this;
    const { firstHashes, tapeStart } = segment.header;
    for (let at = this.firsts[i]; at < numbers.length && firstHashes[numbers[at]] <= this.hashes[i]; at++) {
      pages[at]?.find(this.hashes[i], tapeStart, segment.gapParameters, found);
    }
  }
}
