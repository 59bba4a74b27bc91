/**
 * The index: hashes in, positions on the tape out. Every track lies on a stretch of one long tape, and a landmark's position
 * is the start of its track's stretch plus its frame. As in an LSM tree, the newest postings are in memory
 * (`newest-postings.ts`) and all others in immutable segments, whose pages are read from the shelf when needed.
 *
 * This class holds which segments there are and what is wrong with them; `upkeep.ts` writes, merges and repairs them.
 */
import { pause } from '../background.ts';
import { NewestPostings } from './newest-postings.ts';
import type { PageCache } from './page-cache.ts';
import type { Run } from './postings.ts';
import type { Segment } from './segment.ts';
import { SegmentQuery } from './segment-query.ts';
import { U32List } from './u32-list.ts';

/** The positions of `hashes[i]` are `positions[starts[i]..starts[i + 1]]`. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

/** Background writes wait until no query has come for `QUIET_MS`, but at most `LONGEST_WAIT_MS`. */
const QUIET_MS = 50;
const LONGEST_WAIT_MS = 200;

export class TapeIndex {
  /** Ordered by their place on the tape. */
  segments: readonly Segment[] = [];
  /** Tracks that start here or later have their postings in memory. */
  newestStart = 0;
  /** Ids of segment rows that are damaged or of another landmark format: to be deleted. */
  unusable: readonly number[] = [];
  /** Those of `segments` of which a page is missing or damaged: to be rebuilt. */
  private readonly damaged = new Set<Segment>();
  /** One, or two while the first is frozen. */
  private newest: readonly NewestPostings[] = [new NewestPostings()];
  private lastQueryAt = -Infinity;

  constructor(private readonly pages: PageCache) {}

  get postingCount(): number {
    return this.segments.reduce((sum, { header }) => sum + header.postingCount, this.newestCount);
  }

  /** Postings in memory. */
  get newestCount(): number {
    return this.newest.reduce((sum, { postingCount }) => sum + postingCount, 0);
  }

  /** The first damaged segment, if there is one. */
  get firstDamaged(): Segment | undefined {
    return this.segments.find((segment) => this.damaged.has(segment));
  }

  /** Adds the postings of a track behind all others on the tape. */
  add(run: Run): void {
    (this.newest.at(-1) as NewestPostings).add(run);
  }

  /** Replaces everything; `newest` holds the tracks from `newestStart` on. */
  reset(segments: readonly Segment[], newest: NewestPostings, newestStart: number, unusable: readonly number[]): void {
    this.segments = segments;
    this.newest = [newest];
    this.newestStart = newestStart;
    this.unusable = unusable;
    this.dropOldMarks();
  }

  /** Keeps the newest postings searchable, but adds later ones elsewhere, so that a segment can be made of them. */
  freeze(): NewestPostings {
    const frozen = this.newest[0];
    this.newest = [frozen, new NewestPostings()];
    return frozen;
  }

  /** Undoes `freeze`, if no segment took the place of the frozen postings. */
  thaw(frozen: NewestPostings): void {
    const [first, later] = this.newest;
    if (first !== frozen || !later) return;
    frozen.add(later.merged());
    this.newest = [frozen];
  }

  /**
   * Puts segments in place of others and of frozen postings; unusable rows are gone with them. False if the frozen postings
   * were replaced by a `reset` meanwhile: the newest postings must then be filled anew.
   */
  replace(made: readonly Segment[], gone: readonly Segment[], frozen?: NewestPostings): boolean {
    const left = this.segments.filter((segment) => !gone.includes(segment));
    this.segments = [...left, ...made].sort((a, b) => a.header.tapeStart - b.header.tapeStart);
    this.unusable = [];
    this.dropOldMarks();
    for (const segment of gone) this.pages.forget(segment);
    if (!frozen) return true;
    if (this.newest[0] !== frozen) return false;
    this.newest = this.newest.slice(1);
    this.newestStart = Math.max(this.newestStart, ...made.map(({ header }) => header.tapeEnd));
    return true;
  }

  /** Notes that a page is missing or damaged. Segments that were replaced meanwhile are ignored. */
  markDamaged(segments: Iterable<Segment>): void {
    for (const segment of segments) if (this.segments.includes(segment)) this.damaged.add(segment);
  }

  /** Looks up ascending, distinct hashes. Postings of `damaged` segments may be missing from the result. */
  async lookup(hashes: Uint32Array): Promise<{ postings: Postings; damaged: Set<Segment> }> {
    // Taken together now: while pages load, frozen postings may become a segment.
    const { segments, newest } = this;
    this.lastQueryAt = performance.now();
    const queries = segments.map((segment) => new SegmentQuery(segment, hashes));
    const damaged = await this.pages.load(queries);
    const starts = new Uint32Array(hashes.length + 1);
    const found = new U32List();
    for (let i = 0; i < hashes.length; i++) {
      for (const query of queries) query.find(i, found);
      for (const postings of newest) postings.find(hashes[i], found);
      starts[i + 1] = found.length;
    }
    for (const { segment, pages } of queries) if (pages.some((page) => page?.isBroken)) damaged.add(segment);
    return { postings: { starts, positions: found.copy() }, damaged };
  }

  /** Waits for a moment without queries: they would have to wait for the pages being written. */
  async giveWay(): Promise<void> {
    await pause();
    for (
      let waited = 0;
      waited < LONGEST_WAIT_MS && performance.now() - this.lastQueryAt < QUIET_MS;
      waited += QUIET_MS
    ) {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  }

  private dropOldMarks(): void {
    for (const segment of this.damaged) if (!this.segments.includes(segment)) this.damaged.delete(segment);
  }
}
