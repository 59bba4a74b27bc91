/** How sure an answer must be during listening, where many decisions multiply the chances of a wrong one. */
import { raisedThreshold } from '../judge/decide.ts';
import type { LiveSound } from './live-sound.ts';
import type { LivePiece } from './live-state.ts';

export interface ThresholdOptions {
  /** Lowest confidence of an answer. */
  threshold?: number;
  /** Unattended: require more confirmations and higher confidence. */
  continuous?: boolean;
}

/**
 * Default threshold. It is higher than that of a single clip, because deciding four times a second multiplies the chances of a wrong
 * answer. In the first seconds it is higher still: a right answer will soon reach it.
 */
const LIVE_THRESHOLD = 0.8;
const EARLY_SECONDS = 4;
const EARLY_THRESHOLD = 0.9;
/** Threshold in continuous listening, where the chances of a wrong answer add up over hours. */
const CONTINUOUS_THRESHOLD = 0.9;
/** It rises with the amount of unrecognised sound, as for the windows of a long recording, for up to an hour. */
const WINDOW_SECONDS = 20;
const DOUBTED_SECONDS = 3600;

export class LiveThreshold {
  /** Total length of the pieces that have ended. */
  private recognisedFrames = 0;

  constructor(
    private readonly sound: LiveSound,
    private readonly options: ThresholdOptions,
  ) {}

  /** A piece has ended: its sound is not unknown. */
  recognised({ fromFrame, toFrame }: LivePiece): void {
    this.recognisedFrames += toFrame - fromFrame;
  }

  /** For another track than the followed one. */
  get now(): number {
    const { threshold = LIVE_THRESHOLD, continuous } = this.options;
    if (!continuous) return threshold;
    const unknownSeconds = this.sound.seconds(this.sound.endFrame - this.recognisedFrames);
    const windows = Math.min(unknownSeconds, DOUBTED_SECONDS) / WINDOW_SECONDS;
    return raisedThreshold(Math.max(threshold, CONTINUOUS_THRESHOLD), windows);
  }

  /** While nothing is followed. */
  get whileSeeking(): number {
    return this.sound.soughtSeconds < EARLY_SECONDS ? Math.max(this.now, EARLY_THRESHOLD) : this.now;
  }

  /** For a track that plays together with the followed one. */
  get together(): number {
    return Math.max(this.now, CONTINUOUS_THRESHOLD);
  }
}
