/** Loads pages from memory, else from the mirror's files, else from the shelf. */
import type { Row, Shelf } from '../../shelf/shelf.ts';
import { pageKey, type Segment } from '../segment.ts';
import type { SegmentQuery } from '../segment-query.ts';
import { LruCache } from './lru-cache.ts';
import type { Mirror } from './mirror.ts';
import type { Page } from './page.ts';

/** Undefined where there is no place for files. */
export type OpenMirror = () => Promise<Mirror | undefined>;

/** Room for the index of 1,000 songs of four minutes: lookups touch pages all over it, and each miss costs a read and a checksum. */
const CACHE_BYTES = 48 * 2 ** 20;
/** Memory overhead per page: objects and views. */
const PAGE_OVERHEAD_BYTES = 1000;

export class PageCache {
  private readonly pages = new LruCache<number, Page>(CACHE_BYTES);

  private mirror: Mirror | undefined;
  private opening: Promise<Mirror | undefined> | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly openMirror: OpenMirror | undefined,
  ) {}

  /** Loads the pages that the queries need. Returns the segments with a missing or damaged page. */
  async load(queries: readonly SegmentQuery[]): Promise<Set<Segment>> {
    const missing: { query: SegmentQuery; at: number; number: number; key: number }[] = [];
    for (const query of queries) {
      for (const [at, number] of query.numbers.entries()) {
        const key = pageKey(query.segment.id, number);
        const page = this.pages.get(key) ?? this.mirrored(query.segment, number);
        if (page) query.pages[at] = page;
        else missing.push({ query, at, number, key });
      }
    }
    const damaged = new Set<Segment>();
    if (missing.length === 0) return damaged;
    const keys = missing.map(({ key }) => key);
    for (const [i, row] of (await this.shelf.read('pages', keys)).entries()) {
      const { query, at, number, key } = missing[i];
      const page = row && query.segment.pageIn(row, number);
      if (page) query.pages[at] = this.kept(key, page);
      else damaged.add(query.segment);
    }
    return damaged;
  }

  /** Drops the pages of a segment that was deleted. */
  forget({ id, pageCount }: Segment): void {
    for (let page = 0; page < pageCount; page++) this.pages.delete(pageKey(id, page));
  }

  clear(): void {
    this.pages.clear();
  }

  /** Copies the pages of these segments to the mirror, if there is one, and deletes all other copies. */
  async updateMirror(segments: readonly Segment[]): Promise<void> {
    this.opening ??= this.openMirror?.();
    this.mirror = await this.opening;
    await this.mirror?.follow(segments, ({ id }, from, to): Promise<(Row | undefined)[]> => {
      const keys = Array.from({ length: to - from }, (_, i) => pageKey(id, from + i));
      return this.shelf.read('pages', keys);
    });
  }

  close(): void {
    this.mirror?.close();
  }

  private kept(key: number, page: Page): Page {
    this.pages.set(key, page, page.row.length + PAGE_OVERHEAD_BYTES);
    return page;
  }

  private mirrored(segment: Segment, number: number): Page | undefined {
    const row = this.mirror?.read(segment, number);
    const page = row && segment.pageIn(row, number);
    if (row && !page) this.mirror?.drop(segment.id);
    return page && this.kept(pageKey(segment.id, number), page);
  }
}
