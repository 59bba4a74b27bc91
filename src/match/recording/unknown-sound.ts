/** The sound that no line explains: how much there was, and what follows from that for further searches. */
import { doubtOf } from '../judge/decide.ts';
import type { Block } from './line.ts';

export interface UnknownOptions {
  /** Search unexplained sound at other speeds, too. Default: yes. */
  otherSpeeds?: boolean;
  /** Windows of unknown sound that count as heard from the beginning, for sound that is part of something longer. Default 1. */
  windowsAsked?: number;
}

/** With more unknown sound, a stretch needs a higher confidence; see `decide.ts`. */
const DOUBTED_WINDOW_SECONDS = 20;
const DOUBTED_SECONDS = 3600;
/** In the first seconds of a gap, all windows are searched at other speeds; later only one in this many. */
const EAGER_SECONDS = 40;
const LATER_WINDOWS = 2;

export class UnknownSound {
  /** Start of the current unexplained sound, and how much unexplained sound there was before. */
  private gapFrame = 0;
  private unknownFrames = 0;
  private deepWindows = 0;

  constructor(
    private readonly frameRate: number,
    private readonly options: UnknownOptions,
  ) {}

  /** Of a block, the frames from `begin` to `end` are unknown. */
  count({ from, to }: Block, [begin, end]: [begin: number, end: number]): void {
    if (begin > from) this.gapFrame = begin;
    if (end < to) this.gapFrame = to;
    this.unknownFrames += end - begin;
  }

  /**
   * Whether to search a window that ends at this frame at other speeds. That is expensive: it is done often where a song may have just
   * begun, and seldom in long gaps.
   */
  isDeep(frame: number): boolean {
    if (this.options.otherSpeeds === false) return false;
    if (frame - this.gapFrame <= Math.round(EAGER_SECONDS * this.frameRate)) return true;
    return this.deepWindows++ % LATER_WINDOWS === 0;
  }

  /** Log odds that are subtracted from those of a stretch. */
  get doubt(): number {
    const seconds = Math.min(DOUBTED_SECONDS, this.unknownFrames / this.frameRate);
    return doubtOf(Math.max(this.options.windowsAsked ?? 1, seconds / DOUBTED_WINDOW_SECONDS));
  }
}
