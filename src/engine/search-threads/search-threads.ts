/**
 * Search threads: in a large library, each spare core holds the sketches of a part of the tracks and compares them with clips, while this
 * thread compares the rest (`match/sketch/sketch-search.ts`). Sketches are copied, not shared, because shared memory needs special headers
 * from every host of the page. So a thread that is lost costs nothing but time: its tracks are compared here.
 *
 * Threads are started by the second of several searches of all tracks, because they would come too late for a single one, and ended when
 * there was none for a while. Until a track's sketch is copied, it is compared here.
 */
import type { Library } from '../../library/library.ts';
import type { ElsewhereTracks } from '../../match/index-view.ts';
import { BLOCK_FRAMES } from '../../match/sketch/sketch.ts';
import type { Sketch, TrackId } from '../../types.ts';
import { othersGo } from '../turns.ts';
import { HeldElsewhere, type StartedThread } from './held-elsewhere.ts';

export interface SearchThreadHost {
  /** How many threads may be started. */
  most: number;
  start(): StartedThread;
}

/**
 * A thread is worth its copies and messages if it has this much music to compare, in blocks of a second: a thousand songs. Among 3,000
 * songs one thread takes 50 of 290 ms, among 1,000 it would take 26 of 255.
 */
const BLOCKS_PER_THREAD = 240_000;
const IDLE_MS = 120_000;
/** Tracks copied at once: a megabyte. */
const TRACKS_AT_ONCE = 256;
/** Neighbours on the tape go to the same thread. */
const NEIGHBOUR_BITS = 6;
/** New tracks are copied this long after they were added: an import adds thousands. */
const NEWS_MS = 1000;

export class SearchThreads {
  private threads: HeldElsewhere[] = [];
  private searches = 0;
  private copying: Promise<void> | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private news: ReturnType<typeof setTimeout> | undefined;
  private readonly unwatch: () => void;

  constructor(
    private readonly library: Pick<Library, 'watch' | 'stretches' | 'sketches'>,
    private readonly host: SearchThreadHost,
    private readonly blocksPerThread = BLOCKS_PER_THREAD,
  ) {
    this.unwatch = library.watch(({ kind }) => kind === 'tracks' && this.noteNews());
  }

  /** Which of these tracks, all of the library, are compared by which thread. Call it for every search of all tracks. */
  elsewhere(tracks: TrackId[]): ElsewhereTracks[] {
    this.searches++;
    clearTimeout(this.idle);
    this.idle = background(() => this.rest(), IDLE_MS);
    if (this.searches === 2) this.start();
    return this.threads.flatMap((thread) => (thread.isLost ? [] : thread.among(tracks)));
  }

  /** Resolves when all sketches that are due have been copied. */
  async copied(): Promise<void> {
    await this.copying;
  }

  /** Ends all threads; the next searches may start others. */
  rest(): void {
    clearTimeout(this.idle);
    clearTimeout(this.news);
    for (const thread of this.threads) thread.lose('not needed');
    this.threads = [];
    this.searches = 0;
  }

  close(): void {
    this.unwatch();
    this.rest();
  }

  private start(): void {
    const { frameCounts } = this.library.stretches();
    const blocks = frameCounts.reduce((sum, frames) => sum + frames, 0) / BLOCK_FRAMES;
    const worthwhile = Math.floor(blocks / this.blocksPerThread) - 1;
    const count = Math.max(0, Math.min(this.host.most, worthwhile));
    this.threads = Array.from({ length: count }, () => new HeldElsewhere(this.host.start()));
    this.copy();
  }

  private noteNews(): void {
    clearTimeout(this.news);
    if (this.threads.length > 0) this.news = background(() => this.copy(), NEWS_MS);
  }

  /** A thread that fails is lost, and a library that is closed needs none. */
  private copy(): void {
    this.copying = (this.copying ?? Promise.resolve())
      .then(() => Promise.all(this.threads.map((thread, i) => this.copyTo(thread, i + 1))))
      .then(
        () => {},
        () => {},
      );
  }

  private async copyTo(thread: HeldElsewhere, number: number): Promise<void> {
    const shares = this.threads.length + 1;
    const isDue = (track: TrackId) => (track >>> NEIGHBOUR_BITS) % shares === number && !thread.held.has(track);
    const due = [...this.library.stretches().tracks].filter(isDue);
    for (let from = 0; from < due.length && !thread.isLost; from += TRACKS_AT_ONCE) {
      const batch = due.slice(from, from + TRACKS_AT_ONCE);
      const sketches = await this.library.sketches(batch);
      const present = batch.filter((_, i) => sketches[i]);
      await thread.hold(
        present,
        sketches.filter((sketch): sketch is Sketch => sketch !== undefined),
      );
      await othersGo();
    }
  }
}

/** A timer that does not keep a program of Node running. */
function background(work: () => void, ms: number): ReturnType<typeof setTimeout> {
  const timer = setTimeout(work, ms);
  (timer as { unref?(): void }).unref?.();
  return timer;
}
