/** Follows lines forward: in each further block, only the one place of each line is judged. */
import { type FollowedLine, HEARD, join, longestWithout, MEASURED } from './followed-line.ts';
import { type Block, judge, measure, trackFrameAt } from './line.ts';
import { EDGE_BLOCKS, type LineEnds } from './line-ends.ts';
import type { RecordingBlocks } from './recording-blocks.ts';

/** A line that goes on is judged by the last seconds of a block only, if the confidence there is this high. */
const GOES_ON = 0.99;
/** Two lines of a track this close together are the same. */
const SAME_SECONDS = 1;
/** A line is no longer followed when it was not heard for this long. */
const LOST_SECONDS = 240;

export class LineFollower {
  private active: FollowedLine[] = [];
  private readonly closed: FollowedLine[] = [];

  constructor(
    private readonly blocks: RecordingBlocks,
    private readonly ends: LineEnds,
  ) {}

  /** All lines, those that are no longer followed first. */
  get lines(): FollowedLine[] {
    return [...this.closed, ...this.active];
  }

  /** The longest part from `from` to `to` that no line explains. */
  unexplained(from: number, to: number): [from: number, to: number] {
    return longestWithout(this.lines, from, to);
  }

  /** A track that continues at its expected place belongs to the same stretch, even if something else was heard in between. */
  add(line: FollowedLine): void {
    const isSame = (other: FollowedLine) =>
      other.track === line.track &&
      Math.abs(trackFrameAt(other, line.frame) - line.trackFrame) < this.blocks.framesOf(SAME_SECONDS);
    const known = [...this.active, ...this.closed].find(isSame);
    if (known) join(known, line);
    else this.active.push(line);
  }

  /**
   * Follows all lines through the newest block. Lines that were not heard lately are left out where another one explains the block:
   * its whole field is not needed then.
   */
  follow(block: Block): void {
    const ending = this.blocks.endingOf(block);
    const isLate = ({ lastHeard }: FollowedLine) => lastHeard >= block.from - this.edgeFrames;
    const late = this.active.filter(isLate);
    const lost = this.active.filter((line) => !isLate(line));
    for (const line of late) this.followOne(line, block, ending);
    const [begin, end] = this.unexplained(block.from, block.to);
    if (end - begin >= this.blocks.leastFrames) for (const line of lost) this.followOne(line, block, ending);
    this.closeLost(block.from);
  }

  private followOne(line: FollowedLine, block: Block, ending: Block): void {
    if (this.goesOn(line, block, ending)) return;
    const judgement = judge(line, block);
    if (judgement.confidence >= HEARD) {
      line.confidence = Math.max(line.confidence, judgement.confidence);
      line.lastHeard = block.from;
      if (judgement.confidence >= MEASURED) measure(line, block.from, judgement.trackFrame);
    }
    // Update the edges only if there is new information about them.
    if (block.from - line.lastHeard <= this.edgeFrames) line.toFrame = this.ends.endOf(line, this.blocks.kept);
  }

  /** Whether a line that was heard to the end of the block before is surely heard at the end of this one. */
  private goesOn(line: FollowedLine, block: Block, ending: Block): boolean {
    const { kept } = this.blocks;
    if (line.lastHeard < kept[kept.length - 2]?.from || line.toFrame < block.from) return false;
    const judgement = judge(line, ending);
    if (judgement.confidence < GOES_ON) return false;
    line.confidence = Math.max(line.confidence, judgement.confidence);
    line.lastHeard = block.from;
    line.toFrame = block.to;
    measure(line, ending.from, judgement.trackFrame);
    return true;
  }

  /** Stops following lines whose track has ended, or that were not heard for minutes. */
  private closeLost(frame: number): void {
    const isOver = (line: FollowedLine) =>
      frame - line.lastHeard > this.blocks.framesOf(LOST_SECONDS) ||
      (trackFrameAt(line, frame) > line.print.frameCount && frame - line.lastHeard > this.edgeFrames);
    for (const line of this.active) if (isOver(line)) this.closed.push(line);
    this.active = this.active.filter((line) => !isOver(line));
  }

  private get edgeFrames(): number {
    return EDGE_BLOCKS * this.blocks.blockFrames;
  }
}
