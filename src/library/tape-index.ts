/**
 * Where landmarks occur on the tape: every track lies on a stretch of one long tape, and `position = start of the
 * stretch + frame`. The newest tracks' postings are in the head, all others in segments, whose pages lie on the shelf and
 * pass through a cache.
 */
import { Cache } from './cache.ts';
import { Head } from './head.ts';
import type { Mirror } from './mirror.ts';
import { Page } from './page.ts';
import { Growing, type Run } from './run.ts';
import { pageKey, type Segment, segmentOfPage } from './segment.ts';
import type { Row } from './shelf.ts';

/** Those of `hashes[i]` are `positions[starts[i]..starts[i + 1]]`. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

/** The head is sealed when it has this many postings: some forty songs, 4 MB in memory. */
export const SEAL_POSTINGS = 2 ** 19;
interface Stretch {
  tapeStart: number;
}

export function isSealed(segments: readonly Segment[], { tapeStart }: Stretch): boolean {
  return segments.some(({ parts }) => tapeStart >= parts.tapeStart && tapeStart < parts.tapeEnd);
}

/** About how many postings a track has: a peak begins one landmark or two. */
export const weightOf = ({ peakCount }: { peakCount: number }) => 2 * peakCount;

const PAGE_CACHE_BYTES = 64 * 2 ** 20;

export class TapeIndex {
  /** By their place on the tape. */
  segments: readonly Segment[] = [];
  /** Tracks from here on are in the head. */
  headStart = 0;
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

  /** Whether a track's landmarks can be looked up. */
  holds(track: Stretch): boolean {
    return track.tapeStart >= this.headStart || isSealed(this.segments, track);
  }

  async counts(hashes: Uint32Array): Promise<Uint32Array> {
    return hashes.map((hash) => {
      const sealed = this.segments.reduce((sum, segment) => sum + segment.estimate(hash), 0);
      return this.heads.reduce((sum, head) => sum + head.count(hash), Math.ceil(sealed));
    });
  }

  async lookup(hashes: Uint32Array): Promise<Postings> {
    // What is there now belongs together; when the pages have come, a head may have become a segment.
    const { segments, heads } = this;
    const pages = await this.load(segments, wantedPages(segments, hashes));
    const damaged = segments.filter(({ id }) => pages.damaged.has(id));
    if (damaged.length > 0) {
      await Promise.all(damaged.map(this.damaged));
      if (this.segments !== segments) return this.lookup(hashes);
    }
    const starts = new Uint32Array(hashes.length + 1);
    const found = new Growing();
    const cursors = new Uint32Array(segments.length);
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i];
      for (let s = 0; s < segments.length; s++) {
        const segment = segments[s];
        const { firstHashes, tapeStart } = segment.parts;
        cursors[s] = segment.firstPage(hash, cursors[s]);
        for (let page = cursors[s]; page < segment.pageCount && firstHashes[page] <= hash; page++) {
          pages.sound.get(pageKey(segment.id, page))?.find(hash, tapeStart, segment.gapParameters, found);
        }
      }
      for (const head of heads) head.find(hash, found);
      starts[i + 1] = found.length;
    }
    return { starts, positions: found.taken() };
  }

  dropCache(): void {
    this.cache.clear();
  }

  private async load(
    segments: readonly Segment[],
    keys: number[],
  ): Promise<{ sound: Map<number, Page>; damaged: Set<number> }> {
    const sound = new Map<number, Page>();
    const damaged = new Set<number>();
    const byId = new Map(segments.map((segment) => [segment.id, segment]));
    const take = (key: number, page: Page) => {
      sound.set(key, page);
      this.cache.set(key, page, page.row.length);
    };
    const missing = keys.filter((key) => {
      const cached = this.cache.get(key);
      if (cached) sound.set(key, cached);
      const copied = cached ? undefined : this.copyOf(byId.get(segmentOfPage(key)) as Segment, key);
      if (copied) take(key, copied);
      return !cached && !copied;
    });
    if (missing.length === 0) return { sound, damaged };
    for (const [i, row] of (await this.readPages(missing)).entries()) {
      const page = row && Page.of(row);
      if (page) take(missing[i], page);
      else damaged.add(segmentOfPage(missing[i]));
    }
    return { sound, damaged };
  }

  private copyOf(segment: Segment, key: number): Page | undefined {
    const row = this.mirror?.read(segment, key - pageKey(segment.id, 0));
    const page = row && Page.of(row);
    if (row && !page) this.mirror?.drop(segment.id);
    return page;
  }
}

/** Keys of all pages that may hold one of the ascending hashes. */
function wantedPages(segments: readonly Segment[], hashes: Uint32Array): number[] {
  const keys: number[] = [];
  for (const segment of segments) {
    const { firstHashes, lastHash } = segment.parts;
    let next = 0;
    for (const hash of hashes) {
      if (hash > lastHash) break;
      for (let page = segment.firstPage(hash, next); page < segment.pageCount && firstHashes[page] <= hash; page++) {
        if (page >= next) keys.push(pageKey(segment.id, page));
        next = Math.max(next, page + 1);
      }
    }
  }
  return keys;
}
