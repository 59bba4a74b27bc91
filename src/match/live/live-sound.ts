/** The last seconds of a session, and from which frame on they are being identified. Frames count from the start of the session. */
import type { Analysis } from '../analysis.ts';
import { type Field, fieldOf } from '../field/field.ts';
import { type HeardPart, HeardSoFar, type MapShape } from './heard-so-far.ts';

/** Most sound that is judged at once, and all that is kept. */
export const SEEK_SECONDS = 10;

export class LiveSound {
  private readonly heard: HeardSoFar;
  /** The first frame of the sound that is being identified now. */
  private since = 0;

  constructor(private readonly shape: MapShape) {
    this.heard = new HeardSoFar(shape, this.framesOf(SEEK_SECONDS));
  }

  push(part: HeardPart): void {
    this.heard.push(part);
  }

  /** What comes before this frame is identified. */
  seekFrom(frame: number): void {
    this.since = frame;
  }

  /** The frame after the last one. */
  get endFrame(): number {
    return this.heard.endFrame;
  }

  /** Seconds of sound that are being identified. */
  get soughtSeconds(): number {
    return this.seconds(this.endFrame - this.since);
  }

  /** The first frame of the last `seconds`, but not of what was identified before. */
  last(seconds: number): number {
    return Math.max(this.since, this.endFrame - this.framesOf(seconds));
  }

  /** What was heard from this frame on, as a clip. The frame must be one that is still kept. */
  clip(fromFrame: number): Analysis {
    return this.heard.clip(fromFrame);
  }

  /** The field of that clip. */
  field(fromFrame: number): Field {
    const { map, shifts } = this.clip(fromFrame);
    return fieldOf(map, shifts[0]);
  }

  framesOf(seconds: number): number {
    return Math.round(seconds * this.shape.frameRate);
  }

  seconds(frames: number): number {
    return frames / this.shape.frameRate;
  }
}
