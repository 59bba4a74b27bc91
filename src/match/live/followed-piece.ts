/**
 * The piece that is being followed: where its track is now, and from where to where in the session it was heard.
 *
 *     begin --- each part: settle, heard ---> end
 */
import type { TrackId } from '../../types.ts';
import { extentOf } from '../extent.ts';
import type { Field } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import type { Candidate } from '../judge/candidates.ts';
import type { Place } from '../judge/evidence.ts';
import { type LiveSound, SEEK_SECONDS } from './live-sound.ts';
import type { LivePiece } from './live-state.ts';
import { Repeats } from './repeats.ts';
import { placeFrom, type Sighting } from './sighting.ts';

/** How much sound is judged at once: less than while seeking, to notice the end soon. */
const FOLLOW_SECONDS = 4;
/** A followed track is still heard at this confidence. */
const STILL_HEARD = 0.3;
/** A followed track has ended when it has not been heard for this long. */
const LOST_SECONDS = 2;

export class FollowedPiece {
  /** The end of the sound in which the track was heard last. */
  private heardFrame: number;

  private constructor(
    private readonly index: Index,
    private readonly sound: LiveSound,
    private readonly repeats: Repeats,
    private sighting: Sighting,
    /** Replaced, never changed: states hold it. */
    public piece: LivePiece,
  ) {
    this.heardFrame = piece.toFrame;
  }

  /** Follows a match for the clip from `clipFrame` on. */
  static async begin(
    index: Index,
    sound: LiveSound,
    { match, clipFrame, number }: { match: Candidate; clipFrame: number; number: number },
  ): Promise<FollowedPiece> {
    const { endFrame } = sound;
    const field = sound.field(clipFrame);
    const repeats = await Repeats.of(index, field, match);
    const { from } = await extentIn(index, field, match);
    const piece = {
      number,
      track: match.track,
      fromFrame: clipFrame + from,
      toFrame: endFrame,
      trackFrame: match.start + from * match.warp.tempo,
      warp: match.warp,
      confidence: match.confidence,
    };
    return new FollowedPiece(index, sound, repeats, { candidate: match, clipFrame }, piece);
  }

  get track(): TrackId {
    return this.piece.track;
  }

  /** The first frame of the sound to judge now. */
  get clipFrame(): number {
    return Math.max(this.piece.fromFrame, this.sound.last(FOLLOW_SECONDS));
  }

  /** Where the track should be, for a clip from `clipFrame` on. */
  place(clipFrame: number): Place {
    return placeFrom(this.sighting, clipFrame);
  }

  match(clipFrame: number): Candidate {
    const { start } = this.place(clipFrame);
    return { ...this.sighting.candidate, start, confidence: this.piece.confidence };
  }

  /** Moves to another place of the track if its music repeats itself and what was heard since fits there. */
  async settle(field: Field, clipFrame: number): Promise<void> {
    const later = await this.repeats.better(field, this.place(clipFrame));
    if (later === undefined) return;
    const { candidate } = this.sighting;
    this.sighting = { ...this.sighting, candidate: { ...candidate, start: candidate.start + later } };
    this.piece = { ...this.piece, trackFrame: this.piece.trackFrame + later };
  }

  /** Takes the track as judged in the newest sound, from `clipFrame` on. */
  heard(candidate: Candidate | undefined, clipFrame: number): void {
    if (!candidate || candidate.confidence < STILL_HEARD) return;
    // The clip is too short to measure the speed again.
    this.sighting = { candidate: { ...candidate, warp: this.piece.warp }, clipFrame };
    this.heardFrame = this.sound.endFrame;
    const confidence = Math.max(this.piece.confidence, candidate.confidence);
    this.piece = { ...this.piece, toFrame: this.heardFrame, confidence };
  }

  /** Whether it was heard in the newest sound. */
  get isHeard(): boolean {
    return this.heardFrame === this.sound.endFrame;
  }

  get isLost(): boolean {
    return this.sound.endFrame - this.heardFrame >= this.sound.framesOf(LOST_SECONDS);
  }

  /** Determines when exactly it ended; returns the whole piece. */
  async end(): Promise<LivePiece> {
    const clipFrame = Math.max(this.piece.fromFrame, this.sound.last(SEEK_SECONDS));
    const { to } = await extentIn(this.index, this.sound.field(clipFrame), this.place(clipFrame));
    this.piece = { ...this.piece, toFrame: clipFrame + to };
    return this.piece;
  }
}

/** The part of a clip in which the track is heard. */
async function extentIn(
  index: Index,
  field: Field,
  { track, start, warp }: Place,
): Promise<{ from: number; to: number }> {
  const [print] = await index.prints([track]);
  return print ? extentOf(print, field, start, warp) : { from: 0, to: field.frameCount };
}
