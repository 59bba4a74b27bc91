/**
 * Searches the last seconds like a clip while listening goes on, repeatedly until something is found. Out: candidates, to be judged
 * with everything heard since.
 */
import type { Analysis } from '../analysis.ts';
import type { Index } from '../index-view.ts';
import type { SearchOptions } from '../search-model.ts';
import { type LiveSound, SEEK_SECONDS } from './live-sound.ts';
import type { SessionRefusals } from './session-refusals.ts';
import type { Sighting } from './sighting.ts';

export interface BackgroundOptions extends SearchOptions {
  /** Search unknown music at other speeds, too. Default: yes. */
  otherSpeeds?: boolean;
}

/**
 * The first search starts after this many seconds of seeking; the next when there is SEARCH_GROWTH times as much sound, but at most
 * SEARCH_LATEST_SECONDS later.
 */
const FIRST_SEARCH_SECONDS = 1.5;
const SEARCH_GROWTH = 1.25;
const SEARCH_LATEST_SECONDS = 5;
/** How many candidates are judged again with later sound. */
const SIGHTED = 10;
/** With this many seconds of sound, other speeds are tried, too. */
const WARP_SECONDS = 5;

export class BackgroundSearch {
  /** Candidates of the last search. */
  sighted: Sighting[] = [];
  /** Seconds of seeking at which the next search is due. */
  private nextSeconds = FIRST_SEARCH_SECONDS;
  private running: AbortController | undefined;

  constructor(
    private readonly index: Index,
    private readonly sound: LiveSound,
    private readonly refusals: SessionRefusals,
    private readonly options: BackgroundOptions,
  ) {}

  /** Starts a search, if one is due; resolves to whether there are new candidates. */
  startIfDue(): Promise<boolean> | undefined {
    const { soughtSeconds } = this.sound;
    if (this.running || soughtSeconds < this.nextSeconds) return undefined;
    this.nextSeconds = Math.min(soughtSeconds * SEARCH_GROWTH, soughtSeconds + SEARCH_LATEST_SECONDS);
    const clipFrame = this.sound.last(SEEK_SECONDS);
    const clip = this.sound.clip(clipFrame);
    return clip.shifts[0].count > 0 ? this.search(clip, clipFrame, soughtSeconds) : undefined;
  }

  /** Stops a running search. */
  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  /** Other music is sought from now on. */
  startAgain(): void {
    this.nextSeconds = FIRST_SEARCH_SECONDS;
    this.sighted = [];
  }

  private async search(clip: Analysis, clipFrame: number, soughtSeconds: number): Promise<boolean> {
    const running = new AbortController();
    this.running = running;
    const { signal } = running;
    const steps = soughtSeconds < WARP_SECONDS || this.options.otherSpeeds === false ? 2 : 3;
    try {
      const { ClipSearch } = await import('../search.ts');
      const { ranked } = await new ClipSearch(clip, this.index, { ...this.options, steps, signal }).run();
      this.sighted = ranked.slice(0, SIGHTED).map((candidate) => ({ candidate, clipFrame }));
      this.refusals.refusedLast(ranked, clipFrame);
      return true;
    } catch (error) {
      if (!signal.aborted) throw error;
      return false;
    } finally {
      if (this.running === running) this.running = undefined;
    }
  }
}
