/**
 * The recording in blocks of some seconds. In: the kernel's analysis, part by part. Out: one block after the other, as soon as all of
 * it is final. Only the last minutes are kept.
 */
import type { Analysis } from '../analysis.ts';
import { type Field, fieldOf } from '../field/field.ts';
import { type HeardPart, HeardSoFar, type MapShape } from '../live/heard-so-far.ts';
import type { Block } from './line.ts';

export const BLOCK_SECONDS = 10;
const KEPT_BLOCKS = 12;
/** Peaks become final this many frames after the rows of their frames. */
const LATE_FRAMES = 30;
/** Less sound than this is not searched, and is no block of its own. */
const LEAST_SECONDS = 5;
/** The ending of a block. */
const PROBE_SECONDS = 4;

export class RecordingBlocks {
  readonly blockFrames: number;
  readonly leastFrames: number;
  private readonly heard: HeardSoFar;
  private readonly blocks: Block[] = [];
  private nextFrame = 0;

  constructor(private readonly sound: MapShape) {
    this.blockFrames = this.framesOf(BLOCK_SECONDS);
    this.leastFrames = this.framesOf(LEAST_SECONDS);
    this.heard = new HeardSoFar(sound, this.framesOf((KEPT_BLOCKS + 1) * BLOCK_SECONDS));
  }

  /** Those that are kept, in the order of the recording. */
  get kept(): readonly Block[] {
    return this.blocks;
  }

  push(part: HeardPart): void {
    this.heard.push(part);
  }

  /** The next block, if all of it is final. */
  next(): Block | undefined {
    const to = this.nextFrame + this.blockFrames;
    return this.heard.endFrame >= to + LATE_FRAMES ? this.add(to) : undefined;
  }

  /** At the end of the recording: what is left, if anything. A short remainder is added to the previous block. */
  rest(): Block | undefined {
    const { endFrame } = this.heard;
    const left = endFrame - this.nextFrame;
    if (left <= 0) return undefined;
    const before = left < this.leastFrames ? this.blocks.pop() : undefined;
    if (before) this.nextFrame = before.from;
    return this.add(endFrame);
  }

  /** The last seconds of a block: if a line is surely heard there, the rest need not be looked at. */
  endingOf({ from, to }: Block): Block {
    return this.blockOf(Math.max(from, to - this.framesOf(PROBE_SECONDS)), to);
  }

  /** The frames from `from` on, `to` excluded, as a clip. */
  clip(from: number, to: number): Analysis {
    return this.heard.clip(from, to);
  }

  framesOf(seconds: number): number {
    return Math.round(seconds * this.sound.frameRate);
  }

  private add(to: number): Block {
    const block = this.blockOf(this.nextFrame, to);
    this.nextFrame = to;
    this.blocks.push(block);
    if (this.blocks.length > KEPT_BLOCKS) this.blocks.shift();
    return block;
  }

  private blockOf(from: number, to: number): Block {
    let field: Field | undefined;
    const made = () => {
      const { map, shifts } = this.heard.clip(from, to);
      return fieldOf(map, shifts[0]);
    };
    return {
      ...{ from, to },
      // Fields cost most of the time, so they are made when they are needed.
      get field() {
        field ??= made();
        return field;
      },
    };
  }
}
