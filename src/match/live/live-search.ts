/**
 * Recognition during listening. In, four times a second: the kernel's analysis of the last quarter second. Out: a state.
 *
 * Votes accumulate as the music plays. While nothing is found, the last seconds are also searched like a clip, repeatedly and in the
 * background; its candidates are then judged with everything heard since.
 *
 *     seeking --- the same place is sure several times in a row ---> following --- no longer heard ---> seeking
 *
 * Frames count from the start of the session and are the only clock here.
 */
import type { TrackId } from '../../types.ts';
import type { Warp } from '../align.ts';
import type { Analysis } from '../analysis.ts';
import { type Candidate, Candidates } from '../candidates.ts';
import { raisedThreshold } from '../decide.ts';
import type { Place } from '../evidence.ts';
import { extentOf } from '../extent.ts';
import { type Field, fieldOf } from '../field.ts';
import type { Index } from '../index-view.ts';
import type { SearchOptions } from '../search.ts';
import { type HeardPart, HeardSoFar, type MapShape } from './heard-so-far.ts';
import { LiveVotes } from './live-votes.ts';
import type { Repeats } from './repeats.ts';

interface LiveOptions extends SearchOptions {
  /** After this many seconds without an answer, one state is `none`. Default: never. */
  giveUpSeconds?: number;
  /** Unattended: require more confirmations and higher confidence. */
  continuous?: boolean;
  /** Search unknown music at other speeds, too. Default: yes. */
  otherSpeeds?: boolean;
}

/** A stretch of the session in which one track was heard. */
export interface LivePiece {
  /** 1 for the first piece of a session, 2 for the next ... */
  number: number;
  track: TrackId;
  fromFrame: number;
  toFrame: number;
  /** Frame of the track at `fromFrame`. */
  trackFrame: number;
  warp: Warp;
  /** The highest confidence so far. */
  confidence: number;
}

export interface LiveState {
  state: 'listening' | 'found' | 'none';
  /** The track being followed; its `start` is the frame of the track at `clipFrame`. */
  match?: Candidate;
  /** The first frame of the sound that was judged. */
  clipFrame: number;
  /** Tracks that play together with `match`. */
  also?: Candidate[];
  /** Other candidates, best first. */
  others: Candidate[];
  /** The piece playing now, or the last one. */
  piece?: LivePiece;
}

/** Most sound that is judged at once; less while following a piece, to notice its end soon. */
const SEEK_SECONDS = 10;
const FOLLOW_SECONDS = 4;
/** Least sound that is judged. */
const LEAST_SECONDS = 1;
/**
 * The first background search starts after this many seconds of seeking; the next when there is SEARCH_GROWTH times as much sound,
 * but at most SEARCH_LATEST_SECONDS later.
 */
const FIRST_SEARCH_SECONDS = 1.5;
const SEARCH_GROWTH = 1.25;
const SEARCH_LATEST_SECONDS = 5;
/** How many candidates of a background search are judged again with later sound. */
const SIGHTED = 10;
/** With this many seconds of sound, a background search also tries other speeds. */
const WARP_SECONDS = 5;
const OTHERS = 5;

/** How many times in a row a place must reach the threshold before it is an answer. */
const TIMES = 2;
const TIMES_CONTINUOUS = 4;
/** At this confidence once is enough, except in continuous listening. */
const CERTAIN = 0.98;
/**
 * Default threshold. It is higher than that of a single clip, because deciding four times a second multiplies the chances of a wrong
 * answer. In the first seconds it is higher still: a right answer will soon reach it.
 */
const LIVE_THRESHOLD = 0.8;
const EARLY_SECONDS = 4;
const EARLY_THRESHOLD = 0.9;
/** Places with at least this confidence are judged again with the next part: with more sound they may become sure. */
const HOPEFUL = 0.2;
/** Threshold in continuous listening, where the chances of a wrong answer add up over hours. */
const CONTINUOUS_THRESHOLD = 0.9;
/** It rises with the amount of unrecognised sound, as for the windows of a long recording, for up to an hour. */
const WINDOW_SECONDS = 20;
const DOUBTED_SECONDS = 3600;
/** A followed track is still heard at this confidence. */
const STILL_HEARD = 0.3;
/** A followed track has ended when it has not been heard for this long. */
const LOST_SECONDS = 2;
/** Two places this close count as the same. */
const SAME_PLACE_FRAMES = 6;

/** A candidate, and the first frame of the clip with which it was judged. */
interface Sighting {
  candidate: Candidate;
  clipFrame: number;
}

export class LiveSearch {
  private readonly heard: HeardSoFar;
  private readonly votes: LiveVotes;
  /** The first frame of the sound that is being identified now. */
  private since = 0;
  private gaveUp = false;
  /** Background searches: seconds of seeking at which the next is due, candidates of the last, handle of the running one. */
  private nextSearch = FIRST_SEARCH_SECONDS;
  private sighted: Sighting[] = [];
  private searching: AbortController | undefined;
  /** A likely place, or one that was sure `times` in a row, the last time at `endFrame`. */
  private hope: (Sighting & { times: number; endFrame: number }) | undefined;
  private followed: (Sighting & { heardFrame: number }) | undefined;
  private repeats: Repeats | undefined;
  private piece: LivePiece | undefined;
  /** How many times in a row a track was heard together with the followed one. */
  private together = new Map<TrackId, number>();
  /** Total length of the pieces that have ended. */
  private recognisedFrames = 0;

  constructor(
    private readonly index: Index,
    private readonly sound: MapShape,
    private readonly options: LiveOptions = {},
  ) {
    this.heard = new HeardSoFar(sound, this.framesOf(SEEK_SECONDS));
    this.votes = new LiveVotes(index, this.framesOf(SEEK_SECONDS));
  }

  /** Takes what became final in the last quarter second; returns the state. */
  async hear(part: HeardPart): Promise<LiveState> {
    await this.take(part);
    return this.judge();
  }

  /** As `hear`, without a state: on a slow processor that costs much less. */
  async take(part: HeardPart): Promise<void> {
    this.heard.push(part);
    await this.votes.take(part, this.heard.endFrame);
  }

  /** Takes the last part of a session without judging it; only `clip` may be called afterwards. */
  end(part: HeardPart): void {
    this.stopSearching();
    this.heard.push(part);
  }

  /** Computes the state from everything heard and searched so far. */
  judge(): Promise<LiveState> {
    return this.followed ? this.follow(this.followed) : this.seek();
  }

  /**
   * Starts a background search of the last seconds, if one is due. `hear` may be called meanwhile. If it resolves to true, there are
   * new candidates: call `judge`.
   */
  search(): Promise<boolean> | undefined {
    const { soughtSeconds } = this;
    // A place that was already sure needs confirmation, not another search.
    if (this.searching || this.followed || this.hope?.times || soughtSeconds < this.nextSearch) return undefined;
    this.nextSearch = Math.min(soughtSeconds * SEARCH_GROWTH, soughtSeconds + SEARCH_LATEST_SECONDS);
    const clipFrame = this.last(SEEK_SECONDS);
    const clip = this.heard.clip(clipFrame);
    return clip.shifts[0].count > 0 ? this.searchFor(clip, clipFrame, soughtSeconds) : undefined;
  }

  /** Stops a running search. */
  stopSearching(): void {
    this.searching?.abort();
    this.searching = undefined;
  }

  /** What was heard from this frame on, as a clip. The frame must be one that is still kept. */
  clip(fromFrame: number): Analysis {
    return this.heard.clip(fromFrame);
  }

  private async searchFor(clip: Analysis, clipFrame: number, soughtSeconds: number): Promise<boolean> {
    const searching = new AbortController();
    this.searching = searching;
    const { signal } = searching;
    const steps = soughtSeconds < WARP_SECONDS || this.options.otherSpeeds === false ? 2 : 3;
    try {
      const { ClipSearch } = await import('../search.ts');
      const { ranked } = await new ClipSearch(clip, this.index, { ...this.options, steps, signal }).run();
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
    const clip = this.heard.clip(clipFrame);
    // Silence is not judged, and does not lead to `none`.
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

  /** Candidates for a clip that begins at `clipFrame`, best first. */
  private async candidates(clip: Analysis, clipFrame: number): Promise<Candidate[]> {
    const candidates = new Candidates(this.index, fieldOf(clip.map, clip.shifts[0]));
    await this.addVotedFor(candidates, clipFrame);
    for (const sighting of this.hope ? [...this.sighted, this.hope] : this.sighted) {
      await candidates.add([placeOf(sighting, clipFrame)]);
    }
    return candidates.ranked();
  }

  private async follow(followed: NonNullable<typeof this.followed>): Promise<LiveState> {
    const { endFrame } = this.heard;
    const clipFrame = Math.max(this.piece!.fromFrame, this.last(FOLLOW_SECONDS));
    const clip = this.heard.clip(clipFrame);
    const field = fieldOf(clip.map, clip.shifts[0]);
    await this.settlePlace(followed, field, clipFrame);
    const here = new Candidates(this.index, field);
    await here.add([placeOf(followed, clipFrame)]);
    const [candidate] = here.ranked();
    if (candidate && candidate.confidence >= STILL_HEARD) {
      // The clip is too short to measure the speed again.
      Object.assign(followed, { candidate: { ...candidate, warp: followed.candidate.warp }, clipFrame });
      followed.heardFrame = endFrame;
      const confidence = Math.max(this.piece!.confidence, candidate.confidence);
      this.piece = { ...this.piece!, toFrame: endFrame, confidence };
    }
    const elsewhere = new Candidates(this.index, field);
    await this.addVotedFor(elsewhere, clipFrame);
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
    const also = isHeard ? await this.alsoHeard(elsewhere, others, followed, clipFrame) : [];
    return { state: 'found', match, also, clipFrame, others: others.slice(0, OTHERS), piece: this.piece };
  }

  /** Follows the track at another place if its music repeats itself and what was heard since fits there. */
  private async settlePlace(followed: Sighting, field: Field, clipFrame: number): Promise<void> {
    const later = await this.repeats?.better(field, placeOf(followed, clipFrame));
    if (later === undefined) return;
    followed.candidate = { ...followed.candidate, start: followed.candidate.start + later };
    this.piece = { ...this.piece!, trackFrame: this.piece!.trackFrame + later };
  }

  /** Tracks that play together with the followed one: judged without what that one explains, several times in a row. */
  private async alsoHeard(
    candidates: Candidates,
    others: Candidate[],
    followed: Sighting,
    clipFrame: number,
  ): Promise<Candidate[]> {
    const before = this.together;
    this.together = new Map();
    if (!others.some(({ confidence }) => confidence >= HOPEFUL)) return [];
    await candidates.add([placeOf(followed, clipFrame)]);
    const first = { ...followed.candidate, ...placeOf(followed, clipFrame), confidence: 1 };
    const [, ...named] = candidates.named([first, ...others], Math.max(this.threshold, CONTINUOUS_THRESHOLD));
    for (const { track } of named) this.together.set(track, (before.get(track) ?? 0) + 1);
    return named.filter(({ track }) => this.together.get(track)! >= TIMES_CONTINUOUS);
  }

  private isConfirmed(candidate: Candidate, clipFrame: number): boolean {
    const { hope } = this;
    const isSame =
      hope &&
      hope.candidate.track === candidate.track &&
      Math.abs(placeOf(hope, clipFrame).start - candidate.start) <= SAME_PLACE_FRAMES;
    const { endFrame } = this.heard;
    // The same sound may confirm a place only once.
    const times = isSame ? hope.times + (endFrame > hope.endFrame ? 1 : 0) : 1;
    this.hope = { candidate, clipFrame, times, endFrame };
    if (this.options.continuous) return times >= TIMES_CONTINUOUS;
    return times >= TIMES || candidate.confidence >= CERTAIN;
  }

  private async found(match: Candidate, clipFrame: number, candidates: Candidate[]): Promise<LiveState> {
    const { endFrame } = this.heard;
    const { map, shifts } = this.heard.clip(clipFrame);
    const { Repeats } = await import('./repeats.ts');
    this.repeats = await Repeats.of(this.index, fieldOf(map, shifts[0]), match);
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

  /** Determines when exactly the piece ended; returns that frame. */
  private async endPiece(followed: Sighting): Promise<number> {
    const clipFrame = Math.max(this.piece!.fromFrame, this.last(SEEK_SECONDS));
    const { to } = await this.extent(placeOf(followed, clipFrame), clipFrame);
    this.piece = { ...this.piece!, toFrame: clipFrame + to };
    this.recognisedFrames += this.piece.toFrame - this.piece.fromFrame;
    return clipFrame + to;
  }

  /** The part of the clip (which begins at `clipFrame`) in which the track is heard. */
  private async extent({ track, start, warp }: Place, clipFrame: number): Promise<{ from: number; to: number }> {
    const { map, shifts } = this.heard.clip(clipFrame);
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

  private addVotedFor(candidates: Candidates, clipFrame: number): Promise<void> {
    const { only } = this.options;
    const places = this.votes.places(clipFrame);
    return candidates.add(only === undefined ? places : places.filter(({ track }) => track === only));
  }

  private get threshold(): number {
    const { threshold = LIVE_THRESHOLD, continuous } = this.options;
    if (!continuous) return threshold;
    const unknownSeconds = (this.heard.endFrame - this.recognisedFrames) / this.sound.frameRate;
    const windows = Math.min(unknownSeconds, DOUBTED_SECONDS) / WINDOW_SECONDS;
    return raisedThreshold(Math.max(threshold, CONTINUOUS_THRESHOLD), windows);
  }

  private get soughtSeconds(): number {
    return (this.heard.endFrame - this.since) / this.sound.frameRate;
  }

  /** The first frame of the last `seconds`, but not before `since`. */
  private last(seconds: number): number {
    return Math.max(this.since, this.heard.endFrame - this.framesOf(seconds));
  }

  private framesOf(seconds: number): number {
    return Math.round(seconds * this.sound.frameRate);
  }
}

/** The sighted place, for a clip that begins at frame `to` of the session. */
function placeOf({ candidate, clipFrame }: Sighting, to: number): Place {
  const { track, start, warp, isWarped, standing } = candidate;
  return { track, start: start + (to - clipFrame) * warp.tempo, warp, isWarped, standing };
}
