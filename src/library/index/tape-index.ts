/**
 * Where landmarks occur on the tape: every track lies on a stretch of one long tape, and `position = start of the
 * stretch + frame`. The newest tracks' postings are in the head, all others in segments, whose pages lie on the shelf and
 * pass through a cache.
 */

import type { Row } from '../shelf/shelf.ts';
import { pause } from './build-segment.ts';
import { Cache } from './cache.ts';
import type { Mirror } from './mirror.ts';
import { Head } from './newest-postings.ts';
import { Page } from './page.ts';
import { Growing, type Run } from './postings.ts';
import { pageKey, type Segment } from './segment.ts';

/** Those of `hashes[i]` are `positions[starts[i]..starts[i + 1]]`. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

/** The head is sealed when it has this many postings: some forty songs, 4 MB in memory. */
export const SEAL_POSTINGS = 2 ** 19;

/** About how many postings a track has: a peak begins one landmark or two. */
export const weightOf = ({ peakCount }: { peakCount: number }) => 2 * peakCount;

const PAGE_CACHE_BYTES = 32 * 2 ** 20;
/** What a page takes beside its row: the views and objects around it. */
const PAGE_OVERHEAD_BYTES = 1000;
/** Work behind the scenes waits until nobody has asked for so long, but no longer than the second number. Milliseconds. */
const MOMENT_MS = 50;
const LONGEST_WAIT_MS = 200;

export class TapeIndex {
  /** By their place on the tape. */
  segments: readonly Segment[] = [];
  /** Tracks from here on are in the head. */
  headStart = 0;
  private askedAt = -Infinity;
  private heads: readonly Head[] = [new Head()];
  private readonly cache = new Cache<number, Page>(PAGE_CACHE_BYTES);

  /**
   * `damaged` is told of a segment of which a page is missing or damaged. Another tab may have replaced it: once that was
   * looked into, `segments` are others. If not, the page counts as empty.
   */
  constructor(
    private readonly readPages: (keys: number[]) => Promise<(Row | undefined)[]>,
    private readonly mirror: Mirror | undefined,
    private readonly damaged: (segment: Segment) => Promise<void>,
  ) {}

  get postingCount(): number {
    return [...this.segments.map(({ parts }) => parts), ...this.heads].reduce(
      (sum, part) => sum + part.postingCount,
      0,
    );
  }

  /** Postings that no segment holds. */
  get headPostings(): number {
    return this.heads.reduce((sum, head) => sum + head.postingCount, 0);
  }

  add(run: Run): void {
    (this.heads.at(-1) as Head).add(run);
  }

  /** From here on, tracks go to a new head; the one until now stays searchable, but does not change. */
  freeze(): Head {
    const frozen = this.heads[0];
    this.heads = [frozen, new Head()];
    return frozen;
  }

  /** Puts a frozen head that did not become a segment back in place. */
  thaw(frozen: Head): void {
    const [first, head] = this.heads;
    if (first !== frozen || !head) return;
    frozen.add(head.whole());
    this.heads = [frozen];
  }

  /** Puts all in place at once; the head holds the tracks from `headStart` on. */
  reset(segments: readonly Segment[], head: Head, headStart: number): void {
    this.segments = segments;
    this.heads = [head];
    this.headStart = headStart;
  }

  /** Segments for others and for a frozen head, all at once. False if that head was replaced meanwhile. */
  replace(made: readonly Segment[], gone: readonly Segment[], sealed?: Head): boolean {
    const left = this.segments.filter((segment) => !gone.includes(segment));
    this.segments = [...left, ...made].sort((a, b) => a.parts.tapeStart - b.parts.tapeStart);
    for (const { id, pageCount } of gone)
      for (let page = 0; page < pageCount; page++) this.cache.delete(pageKey(id, page));
    if (!sealed) return true;
    if (this.heads[0] !== sealed) return false;
    this.heads = this.heads.slice(1);
    this.headStart = Math.max(this.headStart, ...made.map(({ parts }) => parts.tapeEnd));
    return true;
  }

  async lookup(hashes: Uint32Array): Promise<Postings> {
    // What is there now belongs together; when the pages have come, a head may have become a segment.
    const { segments, heads } = this;
    this.askedAt = performance.now();
    const asked = segments.map((segment) => new Asked(segment, hashes));
    const damaged = await this.load(asked);
    if (damaged.size > 0) {
      await Promise.all(Array.from(damaged, this.damaged));
      if (this.segments !== segments) return this.lookup(hashes);
    }
    const starts = new Uint32Array(hashes.length + 1);
    const found = new Growing();
    for (let i = 0; i < hashes.length; i++) {
      for (const segment of asked) segment.find(i, found);
      for (const head of heads) head.find(hashes[i], found);
      starts[i + 1] = found.length;
    }
    return { starts, positions: found.taken() };
  }

  /** Lets queries go first: writing pages would keep them from reading any. */
  async giveWay(): Promise<void> {
    await pause();
    for (
      let waited = 0;
      waited < LONGEST_WAIT_MS && performance.now() - this.askedAt < MOMENT_MS;
      waited += MOMENT_MS
    ) {
      await new Promise((resolve) => setTimeout(resolve, MOMENT_MS));
    }
  }

  dropCache(): void {
    this.cache.clear();
  }

  /** Fetches the pages; hands back the segments of which one is missing or damaged. */
  private async load(asked: readonly Asked[]): Promise<Set<Segment>> {
    const missing: { from: Asked; at: number; key: number }[] = [];
    for (const from of asked) {
      for (const [at, number] of from.numbers.entries()) {
        const key = pageKey(from.segment.id, number);
        const page = this.cache.get(key) ?? this.copyOf(from.segment, number);
        if (page) from.pages[at] = page;
        else missing.push({ from, at, key });
      }
    }
    const damaged = new Set<Segment>();
    if (missing.length === 0) return damaged;
    for (const [i, row] of (await this.readPages(missing.map(({ key }) => key))).entries()) {
      const { from, at, key } = missing[i];
      const page = row && Page.of(row);
      if (page) from.pages[at] = this.kept(key, page);
      else damaged.add(from.segment);
    }
    return damaged;
  }

  private kept(key: number, page: Page): Page {
    this.cache.set(key, page, page.row.length + PAGE_OVERHEAD_BYTES);
    return page;
  }

  private copyOf(segment: Segment, number: number): Page | undefined {
    const row = this.mirror?.read(segment, number);
    const page = row && Page.of(row);
    if (row && !page) this.mirror?.drop(segment.id);
    return page && this.kept(pageKey(segment.id, number), page);
  }
}

/** What is asked of a segment: the pages that may hold some of the hashes. */
class Asked {
  /** Ascending. */
  readonly numbers: number[] = [];
  /** In the order of their numbers; one that is damaged stays undefined. */
  readonly pages: (Page | undefined)[] = [];
  /** Of each hash, where its first page is among them. */
  private readonly firsts: Uint32Array;

  constructor(
    readonly segment: Segment,
    private readonly hashes: Uint32Array,
  ) {
    const { firstHashes, lastHash } = segment.parts;
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

  /** Appends the positions of a hash. */
  find(i: number, found: Growing): void {
    const { numbers, pages, segment } = this;
    const { firstHashes, tapeStart } = segment.parts;
    for (let at = this.firsts[i]; at < numbers.length && firstHashes[numbers[at]] <= this.hashes[i]; at++) {
      pages[at]?.find(this.hashes[i], tapeStart, segment.gapParameters, found);
    }
  }
}

const NO_PAGE = 0xffffffff;
