/**
 * Recognition during listening. In, four times a second: the kernel's analysis of the last quarter second. Out: a state.
 *
 * Votes accumulate as the music plays. While nothing is found, the last seconds are also searched like a clip, repeatedly and in the
 * background; its candidates are then judged with everything heard since.
 *
 *     seeking --- the same place is sure several times in a row ---> following --- no longer heard ---> seeking
 *
 * The parts, none of which knows this file:
 *
 *     live-sound, heard-so-far     the last seconds; frames count from the start of the session and are the only clock here
 *     live-votes, landmark-feed    votes that accumulate
 *     background-search            when to search like a clip, and what that found
 *     confirmation                 how often a place was sure in a row
 *     live-threshold               how sure an answer must be
 *     followed-piece, repeats      where the followed track is, and from where to where it was heard
 *     heard-together               other tracks that play at the same time
 *     session-refusals             what must not be named while the same sound goes on
 */
import type { TrackId } from '../../types.ts';
import type { Analysis } from '../analysis.ts';
import { type Field, fieldOf } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import { type Candidate, Candidates } from '../judge/candidates.ts';
import type { Place } from '../judge/evidence.ts';
import { type BackgroundOptions, BackgroundSearch } from './background-search.ts';
import { Confirmation } from './confirmation.ts';
import type { FollowedPiece } from './followed-piece.ts';
import type { HeardPart, MapShape } from './heard-so-far.ts';
import { HeardTogether } from './heard-together.ts';
import { LiveSound, SEEK_SECONDS } from './live-sound.ts';
import { type LivePiece, type LiveState, OTHERS } from './live-state.ts';
import { LiveThreshold, type ThresholdOptions } from './live-threshold.ts';
import { LiveVotes } from './live-votes.ts';
import { SessionRefusals } from './session-refusals.ts';
import { placeFrom } from './sighting.ts';

interface LiveOptions extends BackgroundOptions, ThresholdOptions {
  /** After this many seconds without an answer, one state is `none`. Default: never. */
  giveUpSeconds?: number;
}

/** Least sound that is judged. */
const LEAST_SECONDS = 1;

export class LiveSearch {
  private readonly sound: LiveSound;
  private readonly votes: LiveVotes;
  private readonly refusals = new SessionRefusals();
  private readonly threshold: LiveThreshold;
  private readonly background: BackgroundSearch;
  private readonly confirmation: Confirmation;
  private readonly together = new HeardTogether();
  /** Undefined while seeking. */
  private followed: FollowedPiece | undefined;
  /** The last piece that ended. */
  private lastPiece: LivePiece | undefined;
  private gaveUp = false;

  constructor(
    private readonly index: Index,
    shape: MapShape,
    private readonly options: LiveOptions = {},
  ) {
    this.sound = new LiveSound(shape);
    this.votes = new LiveVotes(index, this.sound.framesOf(SEEK_SECONDS), options.only);
    this.threshold = new LiveThreshold(this.sound, options);
    this.background = new BackgroundSearch(index, this.sound, this.refusals, options);
    this.confirmation = new Confirmation(Boolean(options.continuous));
  }

  /** Takes what became final in the last quarter second; returns the state. */
  async hear(part: HeardPart): Promise<LiveState> {
    await this.take(part);
    return this.judge();
  }

  /** As `hear`, without a state: on a slow processor that costs much less. */
  async take(part: HeardPart): Promise<void> {
    this.sound.push(part);
    await this.votes.take(part, this.sound.endFrame);
  }

  /** Takes the last part of a session without judging it; only `clip` may be called afterwards. */
  end(part: HeardPart): void {
    this.stopSearching();
    this.sound.push(part);
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
    // A place that was already sure needs confirmation, not another search.
    return this.followed || this.confirmation.hasBegun ? undefined : this.background.startIfDue();
  }

  /** Stops a running search. */
  stopSearching(): void {
    this.background.stop();
  }

  /** What was heard from this frame on, as a clip. The frame must be one that is still kept. */
  clip(fromFrame: number): Analysis {
    return this.sound.clip(fromFrame);
  }

  /** Whether a track that fits at `start` a clip from `clipFrame` on is what was refused before. */
  isRefused(track: TrackId, start: number, clipFrame: number): boolean {
    return this.refusals.isRefused(track, start, clipFrame);
  }

  private async seek(): Promise<LiveState> {
    const { sound } = this;
    const clipFrame = sound.last(SEEK_SECONDS);
    const state: LiveState = { state: 'listening', clipFrame, others: [], piece: this.lastPiece };
    if (sound.soughtSeconds < LEAST_SECONDS) return state;
    const clip = sound.clip(clipFrame);
    // Silence is not judged, and does not lead to `none`.
    if (clip.shifts[0].count === 0) return state;
    const candidates = await this.candidates(fieldOf(clip.map, clip.shifts[0]), clipFrame);
    const [best] = candidates;
    if (best?.confidence >= this.threshold.whileSeeking) {
      if (this.isConfirmed(best, clipFrame)) return this.found(best, clipFrame, candidates);
    } else this.confirmation.startAgain(best, clipFrame);
    state.others = candidates.slice(0, OTHERS);
    if (!this.gaveUp && sound.soughtSeconds >= (this.options.giveUpSeconds ?? Number.POSITIVE_INFINITY)) {
      this.gaveUp = true;
      state.state = 'none';
    }
    return state;
  }

  /** Candidates for a clip that begins at `clipFrame`, best first. */
  private async candidates(field: Field, clipFrame: number): Promise<Candidate[]> {
    const candidates = new Candidates(this.index, field);
    await candidates.add(this.votes.places(clipFrame));
    for (const sighting of [...this.background.sighted, ...this.confirmation.likely]) {
      await candidates.add([placeFrom(sighting, clipFrame)]);
    }
    // Only the best one is refined: the others get their chance with later sound.
    return this.refusals.refusedLast(candidates.ranked(1), clipFrame);
  }

  private async follow(followed: FollowedPiece): Promise<LiveState> {
    const { clipFrame } = followed;
    const field = this.sound.field(clipFrame);
    await followed.settle(field, clipFrame);
    followed.heard(await this.judgedAt(followed.place(clipFrame), field, clipFrame), clipFrame);
    const elsewhere = new Candidates(this.index, field);
    await elsewhere.add(this.votes.places(clipFrame));
    const ranked = this.refusals.refusedLast(elsewhere.ranked(), clipFrame);
    const others = ranked.filter(({ track }) => track !== followed.track);
    const [rival] = others;
    if (!followed.isHeard && rival?.confidence >= this.threshold.now && this.isConfirmed(rival, clipFrame)) {
      await this.endPiece(followed);
      return this.found(rival, clipFrame, others);
    }
    const shown = others.slice(0, OTHERS);
    if (followed.isLost) {
      this.seekFrom((await this.endPiece(followed)).toFrame);
      return { state: 'listening', clipFrame, others: shown, piece: this.lastPiece };
    }
    const match = followed.match(clipFrame);
    const { together } = this.threshold;
    const also = followed.isHeard ? await this.together.with(match, others, elsewhere, together) : [];
    return { state: 'found', match, also, clipFrame, others: shown, piece: followed.piece };
  }

  private async judgedAt(place: Place, field: Field, clipFrame: number): Promise<Candidate | undefined> {
    const candidates = new Candidates(this.index, field);
    await candidates.add([place]);
    return this.refusals.refusedLast(candidates.ranked(), clipFrame)[0];
  }

  private isConfirmed(candidate: Candidate, clipFrame: number): boolean {
    return this.confirmation.confirms(candidate, clipFrame, this.sound.endFrame);
  }

  private async found(match: Candidate, clipFrame: number, candidates: Candidate[]): Promise<LiveState> {
    const number = (this.lastPiece?.number ?? 0) + 1;
    const { FollowedPiece } = await import('./followed-piece.ts');
    this.followed = await FollowedPiece.begin(this.index, this.sound, { match, clipFrame, number });
    this.confirmation.forget();
    this.stopSearching();
    const others = candidates.filter(({ track }) => track !== match.track).slice(0, OTHERS);
    return { state: 'found', match, clipFrame, others, piece: this.followed.piece };
  }

  private async endPiece(followed: FollowedPiece): Promise<LivePiece> {
    const piece = await followed.end();
    this.threshold.recognised(piece);
    this.lastPiece = piece;
    return piece;
  }

  private seekFrom(frame: number): void {
    this.followed = undefined;
    this.confirmation.forget();
    this.sound.seekFrom(frame);
    this.background.startAgain();
    this.gaveUp = false;
  }
}
