/**
 * The index. In: hashes. Out: their positions on the tape. All tracks lie one after the other on a long tape; the position of a
 * landmark is the start of its track plus its frame. As in an LSM tree, the newest postings are in memory (`newest-postings.ts`)
 * and all others in immutable segments, whose pages are read from the shelf when needed.
 *
 * This class knows which segments exist and which are damaged; `upkeep.ts` writes, merges and repairs them.
 */
import type { Postings } from '../../types.ts';
import { NewestPostings } from './newest-postings.ts';
import type { PageCache } from './pages/page-cache.ts';
import type { Run } from './postings.ts';
import type { Segment } from './segment.ts';
import { SegmentQuery } from './segment-query.ts';
import { U32List } from './u32-list.ts';

export class TapeIndex {
  /** In the order of the tape. */
  segments: readonly Segment[] = [];
  /** The postings of tracks that start here or later are in memory. */
  newestStart = 0;
  /** Ids of segment rows that are damaged or of another landmark format, to be deleted. */
  unusable: readonly number[] = [];
  /** The segments with a missing or damaged page, to be rebuilt. */
  private readonly damaged = new Set<Segment>();
  /** One element; two while the first is frozen. */
  private newest: readonly NewestPostings[] = [new NewestPostings()];

  /** Where a lookup collects positions; used again, because growing a new one each time keeps the garbage collector busy. */
  private readonly found = new U32List();

  constructor(private readonly pages: PageCache) {}

  get postingCount(): number {
    return this.segments.reduce((sum, { header }) => sum + header.postingCount, this.newestCount);
  }

  /** Number of postings in memory. */
  get newestCount(): number {
    return this.newest.reduce((sum, { postingCount }) => sum + postingCount, 0);
  }

  /** The first damaged segment, if there is one. */
  get firstDamaged(): Segment | undefined {
    return this.segments.find((segment) => this.damaged.has(segment));
  }

  /** Adds the postings of a track that lies after all others on the tape. */
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

  /** Freezes the newest postings so that a segment can be made of them. They stay searchable; later ones are added elsewhere. */
  freeze(): NewestPostings {
    const frozen = this.newest[0];
    this.newest = [frozen, new NewestPostings()];
    return frozen;
  }

  /** Undoes `freeze`, unless a segment has replaced the frozen postings. */
  thaw(frozen: NewestPostings): void {
    const [first, later] = this.newest;
    if (first !== frozen || !later) return;
    frozen.add(later.merged());
    this.newest = [frozen];
  }

  /**
   * Replaces the segments `gone` and the `frozen` postings by the segments `made`. The caller has deleted unusable rows, too. False
   * if a `reset` has replaced the frozen postings meanwhile: the newest postings must then be read again.
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

  /** Records that pages are missing or damaged. Segments that were replaced meanwhile are ignored. */
  markDamaged(segments: Iterable<Segment>): void {
    for (const segment of segments) if (this.segments.includes(segment)) this.damaged.add(segment);
  }

  /** Looks up ascending, distinct hashes. The result may lack postings of the `damaged` segments. */
  async lookup(hashes: Uint32Array): Promise<{ postings: Postings; damaged: Set<Segment> }> {
    // Read both now: while pages load, frozen postings may become a segment.
    const { segments, newest } = this;
    const queries = segments.map((segment) => new SegmentQuery(segment, hashes));
    const damaged = await this.pages.load(queries);
    const starts = new Uint32Array(hashes.length + 1);
    const found = this.found;
    found.length = 0;
    for (let i = 0; i < hashes.length; i++) {
      for (const query of queries) query.find(i, found);
      for (const postings of newest) postings.find(hashes[i], found);
      starts[i + 1] = found.length;
    }
    for (const { segment, pages } of queries) if (pages.some((page) => page?.isBroken)) damaged.add(segment);
    return { postings: { starts, positions: found.copy() }, damaged };
  }

  private dropOldMarks(): void {
    for (const segment of this.damaged) if (!this.segments.includes(segment)) this.damaged.delete(segment);
  }
}
