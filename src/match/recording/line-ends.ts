/** Where a followed line begins and ends: sought in the blocks around its first and last one, at the peaks that its track has there. */
import { beginning, ending, meanOf } from './edges.ts';
import type { FollowedLine } from './followed-line.ts';
import { type Block, expectedPeaks, type Line, trackFrameAt } from './line.ts';

/** An edge is sought in the first or last block of a line and in this many blocks beyond it. */
export const EDGE_BLOCKS = 2;
/** A stretch is extended to the track's own beginning or end if the track has fewer peaks than this in between. */
const FEW_PEAKS = 12;

export class LineEnds {
  constructor(private readonly blockFrames: number) {}

  /** Also measures the line's mean there. */
  beginOf(line: FollowedLine, blocks: readonly Block[]): number {
    const reach = EDGE_BLOCKS * this.blockFrames;
    const near = blocks.filter(({ from }) => from <= line.firstHeard && from >= line.firstHeard - reach);
    const peaks = near.flatMap((block) => expectedPeaks(line, block));
    line.mean = this.meanNear(line, line.firstHeard, blocks);
    const found = beginning(peaks, line.mean, line.fromFrame);
    return Math.max(0, found - silentFrames(line, trackFrameAt(line, found), -1));
  }

  /** At most the end of the last block. */
  endOf(line: FollowedLine, blocks: readonly Block[]): number {
    const reach = EDGE_BLOCKS * this.blockFrames;
    const near = blocks.filter(({ from }) => from >= line.lastHeard && from <= line.lastHeard + reach);
    const peaks = near.flatMap((block) => expectedPeaks(line, block));
    const mean = this.meanNear(line, line.lastHeard, blocks);
    const found = ending(peaks, mean || line.mean, line.toFrame);
    const rest = silentFrames(line, trackFrameAt(line, found), 1);
    return Math.min(blocks[blocks.length - 1].to, found + rest);
  }

  /** Mean value of the line's peaks in the surest half of the blocks around one. */
  private meanNear(line: FollowedLine, frame: number, blocks: readonly Block[]): number {
    const near = blocks.filter(
      ({ from }) => from >= line.firstHeard && from <= line.lastHeard && Math.abs(from - frame) <= this.blockFrames,
    );
    return Math.max(0, ...near.map((block) => meanOf(expectedPeaks(line, block))));
  }
}

/** Frames from a place in the track to its beginning or end, if the track is nearly silent there. */
function silentFrames({ print, warp }: Line, trackFrame: number, direction: 1 | -1): number {
  const [from, to] = direction > 0 ? [trackFrame, print.frameCount] : [0, trackFrame];
  let expected = 0;
  for (let i = 0; i < print.count && expected <= FEW_PEAKS; i++)
    if (print.frames[i] > from && print.frames[i] < to) expected++;
  return expected > FEW_PEAKS || to <= from ? 0 : Math.round((to - from) / warp.tempo);
}
