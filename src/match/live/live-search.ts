/**
 * Listening as it goes on. Four times a second the host hands in what the kernel made of the last quarter second and gets
 * a state. Votes are gathered as the music plays; while nothing is found, the last seconds are searched like a clip
 * again and again, beside the listening: what such a search sights is judged by all that is heard since.
 *
 *     seeking --- the same place is sure several times running ---> following --- not heard any more ---> seeking
 *
 * Frames count from the beginning of the session. Nothing here knows a clock: time is frames.
 */
import type { TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import { type Candidate, Pool, type Spot } from '../candidates.ts';
import type { Warp } from '../evidence.ts';
import { extentOf } from '../extent.ts';
import { fieldOf } from '../field.ts';
import type { Index } from '../index-view.ts';
import { candidatesOf, type SearchOptions } from '../search.ts';
import { type HeardPart, Recent, type Sound } from './heard-so-far.ts';
import { Gathering } from './live-votes.ts';

export interface LiveOptions extends SearchOptions {
  /** Seconds without an answer after which the state is `none`, once. Default: never. */
  giveUpSeconds?: number;
  /** Nobody looks at every answer: be slower to give one, and surer. */
  continuous?: boolean;
}

/** A stretch of the session in which one track was heard. */
export interface LivePiece {
  /** Rises by one with each piece. */
  number: number;
  track: TrackId;
  fromFrame: number;
  toFrame: number;
  /** Frame of the track at `fromFrame`. */
  trackFrame: number;
  warp: Warp;
  /** The surest it was. */
  confidence: number;
}

export interface LiveState {
  state: 'listening' | 'found' | 'none';
  /** What is followed; its `start` is the frame of the track at `clipFrame`. */
  match?: Candidate;
  /** Where the stretch that was judged begins. */
  clipFrame: number;
  /** Other candidates, best first. */
  others: Candidate[];
  /** What sounds now, or sounded last. */
  piece?: LivePiece;
}

/** What is judged: the last so many seconds at most; fewer of a piece that is followed, to notice its end soon. */
const SEEK_SECONDS = 10;
const FOLLOW_SECONDS = 4;
/** Less sound than this is not judged. */
const LEAST_SECONDS = 1;
/** After so many seconds of seeking the sound is searched like a clip; then whenever there is so much more of it. */
const FIRST_SEARCH_SECONDS = 1.5;
const SEARCH_GROWTH = 1.25;
const SEARCH_LATEST_SECONDS = 5;
/** Of a search, so many candidates are judged again by what is heard later. */
const SIGHTED = 10;
/** From here on such a search tries other speeds as well. */
const WARP_SECONDS = 5;
const OTHERS = 5;

/** Times running that a place must be sure before it is an answer. */
const TIMES = 2;
const TIMES_CONTINUOUS = 4;
/** As sure as this, once is enough while somebody looks. */
const CERTAIN = 0.98;
/**
 * Lowest confidence that is an answer unless asked otherwise: who looks four times a second errs more often than who looks
 * once. In the first seconds it must be surer still: a moment later it is, or something else.
 */
const LIVE_THRESHOLD = 0.8;
const EARLY_SECONDS = 4;
const EARLY_THRESHOLD = 0.9;
/** A place that is at least this likely is looked at again at once: with more sound it may become sure. */
const HOPEFUL = 0.2;
/** Lowest confidence in continuous listening, where hours of chances add up. */
const CONTINUOUS_THRESHOLD = 0.9;
/** What is followed is heard as long as its confidence is this. */
const STILL_HEARD = 0.3;
/** What was not heard for so long is over. */
const LOST_SECONDS = 2;
/** Two places are the same if they lie within so many frames. */
const SAME_PLACE_FRAMES = 6;

/** A candidate, and the beginning of the clip that it was judged by. */
interface Sighting {
  candidate: Candidate;
  clipFrame: number;
}

export class LiveSearch {
  private readonly recent: Recent;
  private readonly gathering: Gathering;
  private readonly threshold: number;
  /** From here on, sound belongs to what is sought. */
  private since = 0;
  private gaveUp = false;
  /** Seconds sought when the next search is due; what the last one sighted; what ends the one that is on. */
  private nextSearch = FIRST_SEARCH_SECONDS;
  private sighted: Sighting[] = [];
  private searching: AbortController | undefined;
  /** Likely, or sure so many times running, as of a frame. */
  private hope: (Sighting & { times: number; endFrame: number }) | undefined;
  private followed: (Sighting & { heardFrame: number }) | undefined;
  private piece: LivePiece | undefined;

  constructor(
    private readonly index: Index,
    private readonly sound: Sound,
    private readonly options: LiveOptions = {},
  ) {
    this.recent = new Recent(sound, this.framesOf(SEEK_SECONDS));
    this.gathering = new Gathering(index, this.framesOf(SEEK_SECONDS));
    const { threshold = LIVE_THRESHOLD, continuous } = options;
    this.threshold = continuous ? Math.max(threshold, CONTINUOUS_THRESHOLD) : threshold;
  }

  /** What became final in the last quarter second; then the state. */
  async hear(part: HeardPart): Promise<LiveState> {
    this.recent.push(part);
    await this.gathering.take(part, this.recent.endFrame);
    return this.judge();
  }

  /** The last part of a session, which is not judged any more: only `clip` may follow. */
  end(part: HeardPart): void {
    this.stopSearching();
    this.recent.push(part);
  }

  /** The state by what was heard and sighted up to now. */
  judge(): Promise<LiveState> {
    return this.followed ? this.follow(this.followed) : this.seek();
  }

  /**
   * Searches the last seconds like a clip, if that is due. More may be heard meanwhile; when it resolves to true, something
   * was sighted and it is worth to `judge`.
   */
  search(): Promise<boolean> | undefined {
    const { soughtSeconds } = this;
    // A place that was sure is only to be confirmed.
    if (this.searching || this.followed || this.hope?.times || soughtSeconds < this.nextSearch) return undefined;
    this.nextSearch = Math.min(soughtSeconds * SEARCH_GROWTH, soughtSeconds + SEARCH_LATEST_SECONDS);
    const clipFrame = this.last(SEEK_SECONDS);
    const clip = this.recent.clip(clipFrame);
    return clip.shifts[0].count > 0 ? this.searchFor(clip, clipFrame, soughtSeconds) : undefined;
  }

  /** A search that is on comes to nothing. */
  stopSearching(): void {
    this.searching?.abort();
    this.searching = undefined;
  }

  /** What was heard from a frame on, as far back as it is kept. */
  clip(fromFrame: number): Analysis {
    return this.recent.clip(fromFrame);
  }

  private async searchFor(clip: Analysis, clipFrame: number, soughtSeconds: number): Promise<boolean> {
    const searching = new AbortController();
    this.searching = searching;
    const { signal } = searching;
    const steps = soughtSeconds < WARP_SECONDS ? 2 : 3;
    try {
      const { ranked } = await candidatesOf(clip, this.index, { ...this.options, steps, signal });
      this.sighted = ranked.slice(0, SIGHTED).map((candidate) => ({ candidate, clipFrame }));
      return true;
    } catch (error) {
      if (!signal.aborted) throw error;
      return false;
    } finally {
      if (this.searching === searching) this.searching = undefined;
    }
  }

  private async seek(): Promise<LiveState> {
    const clipFrame = this.last(SEEK_SECONDS);
    const { soughtSeconds } = this;
    const state: LiveState = { state: 'listening', clipFrame, others: [], piece: this.piece };
    if (soughtSeconds < LEAST_SECONDS) return state;
    const clip = this.recent.clip(clipFrame);
    // In silence there is nothing to judge, nor to be called unknown.
    if (clip.shifts[0].count === 0) return state;
    const candidates = await this.candidates(clip, clipFrame);
    const [best] = candidates;
    const isEarly = soughtSeconds < EARLY_SECONDS;
    const threshold = isEarly ? Math.max(this.threshold, EARLY_THRESHOLD) : this.threshold;
    if (best?.confidence >= threshold) {
      if (this.isConfirmed(best, clipFrame)) return this.found(best, clipFrame, candidates);
    } else if (best?.confidence >= HOPEFUL) this.hope = { candidate: best, clipFrame, times: 0, endFrame: 0 };
    else this.hope = undefined;
    state.others = candidates.slice(0, OTHERS);
    if (!this.gaveUp && soughtSeconds >= (this.options.giveUpSeconds ?? Number.POSITIVE_INFINITY)) {
      this.gaveUp = true;
      state.state = 'none';
    }
    return state;
  }

  /** Candidates for the clip from `clipFrame` on, best first. */
  private async candidates(clip: Analysis, clipFrame: number): Promise<Candidate[]> {
    const pool = new Pool(this.index, fieldOf(clip.map, clip.shifts[0]));
    await this.addGathered(pool, clipFrame);
    for (const sighting of this.hope ? [...this.sighted, this.hope] : this.sighted) {
      await pool.add([placeOf(sighting, clipFrame)]);
    }
    return pool.ranked();
  }

  private async follow(followed: NonNullable<typeof this.followed>): Promise<LiveState> {
    const { endFrame } = this.recent;
    const clipFrame = Math.max(this.piece!.fromFrame, this.last(FOLLOW_SECONDS));
    const clip = this.recent.clip(clipFrame);
    const field = fieldOf(clip.map, clip.shifts[0]);
    const here = new Pool(this.index, field);
    await here.add([placeOf(followed, clipFrame)]);
    const [candidate] = here.ranked();
    if (candidate && candidate.confidence >= STILL_HEARD) {
      // Each look is too short to tell the speed anew.
      Object.assign(followed, { candidate: { ...candidate, warp: followed.candidate.warp }, clipFrame });
      followed.heardFrame = endFrame;
      const confidence = Math.max(this.piece!.confidence, candidate.confidence);
      this.piece = { ...this.piece!, toFrame: endFrame, confidence };
    }
    const elsewhere = new Pool(this.index, field);
    await this.addGathered(elsewhere, clipFrame);
    const others = elsewhere.ranked().filter(({ track }) => track !== followed.candidate.track);
    const isHeard = followed.heardFrame === endFrame;
    const [rival] = others;
    if (!isHeard && rival?.confidence >= this.threshold && this.isConfirmed(rival, clipFrame)) {
      await this.endPiece(followed);
      return this.found(rival, clipFrame, others);
    }
    if (endFrame - followed.heardFrame >= this.framesOf(LOST_SECONDS)) {
      this.startFrom(await this.endPiece(followed));
      return { state: 'listening', clipFrame, others: others.slice(0, OTHERS), piece: this.piece };
    }
    const { start } = placeOf(followed, clipFrame);
    const match = { ...followed.candidate, start, confidence: this.piece!.confidence };
    return { state: 'found', match, clipFrame, others: others.slice(0, OTHERS), piece: this.piece };
  }

  private isConfirmed(candidate: Candidate, clipFrame: number): boolean {
    const { hope } = this;
    const isSame =
      hope &&
      hope.candidate.track === candidate.track &&
      Math.abs(placeOf(hope, clipFrame).start - candidate.start) <= SAME_PLACE_FRAMES;
    const { endFrame } = this.recent;
    // The same sound proves a place once only.
    const times = isSame ? hope.times + (endFrame > hope.endFrame ? 1 : 0) : 1;
    this.hope = { candidate, clipFrame, times, endFrame };
    if (this.options.continuous) return times >= TIMES_CONTINUOUS;
    return times >= TIMES || candidate.confidence >= CERTAIN;
  }

  private async found(match: Candidate, clipFrame: number, candidates: Candidate[]): Promise<LiveState> {
    const { endFrame } = this.recent;
    const { from } = await this.extent(match, clipFrame);
    this.piece = {
      number: (this.piece?.number ?? 0) + 1,
      track: match.track,
      fromFrame: clipFrame + from,
      toFrame: endFrame,
      trackFrame: match.start + from * match.warp.tempo,
      warp: match.warp,
      confidence: match.confidence,
    };
    this.followed = { candidate: match, clipFrame, heardFrame: endFrame };
    this.hope = undefined;
    this.stopSearching();
    const others = candidates.filter(({ track }) => track !== match.track).slice(0, OTHERS);
    return { state: 'found', match, clipFrame, others, piece: this.piece };
  }

  /** Says exactly when the piece ended. */
  private async endPiece(followed: Sighting): Promise<number> {
    const clipFrame = Math.max(this.piece!.fromFrame, this.last(SEEK_SECONDS));
    const { to } = await this.extent(placeOf(followed, clipFrame), clipFrame);
    this.piece = { ...this.piece!, toFrame: clipFrame + to };
    return clipFrame + to;
  }

  /** Where in the clip from `clipFrame` on a place is heard. */
  private async extent({ track, start, warp }: Spot, clipFrame: number): Promise<{ from: number; to: number }> {
    const { map, shifts } = this.recent.clip(clipFrame);
    const [print] = await this.index.prints([track]);
    return print ? extentOf(print, fieldOf(map, shifts[0]), start, warp) : { from: 0, to: map.frameCount };
  }

  private startFrom(frame: number): void {
    this.followed = undefined;
    this.hope = undefined;
    this.since = frame;
    this.nextSearch = FIRST_SEARCH_SECONDS;
    this.sighted = [];
    this.gaveUp = false;
  }

  private addGathered(pool: Pool, clipFrame: number): Promise<void> {
    const { only } = this.options;
    const spots = this.gathering.spots(clipFrame);
    return pool.add(only === undefined ? spots : spots.filter(({ track }) => track === only));
  }

  private get soughtSeconds(): number {
    return (this.recent.endFrame - this.since) / this.sound.frameRate;
  }

  /** Where the last so many seconds begin, of those that belong to what is sought. */
  private last(seconds: number): number {
    return Math.max(this.since, this.recent.endFrame - this.framesOf(seconds));
  }

  private framesOf(seconds: number): number {
    return Math.round(seconds * this.sound.frameRate);
  }
}

/** The same place, seen from another beginning of the clip. */
function placeOf({ candidate, clipFrame }: Sighting, to: number): Spot {
  const { track, start, votes, warp, isWarped } = candidate;
  return { track, start: start + (to - clipFrame) * warp.tempo, votes, warp, isWarped };
}
