/**
 * Follows a new line back, through all blocks that are kept. In: a line that was found in a window. Out: the line with both its ends,
 * if it is sure enough when the sound around the window is included.
 */
import { type FollowedLine, HEARD, MEASURED } from './followed-line.ts';
import { type Block, judge, type Line, measure, trackFrameAt } from './line.ts';
import type { LineEnds } from './line-ends.ts';

/** Where a line was found, and with what confidence. */
interface FoundIn {
  begin: number;
  end: number;
  confidence: number;
}

/** When a line is sure enough; `doubt` is subtracted from its log odds. */
interface Demand {
  leastConfidence: number;
  doubt: number;
}

/** Undefined if it is not sure enough. */
export function followBack(
  line: Line,
  { begin, end, confidence }: FoundIn,
  blocks: readonly Block[],
  ends: LineEnds,
  { leastConfidence, doubt }: Demand,
): FollowedLine | undefined {
  let firstHeard = Number.POSITIVE_INFINITY;
  let lastHeard = Number.NEGATIVE_INFINITY;
  let odds = logit(confidence);
  let surest = confidence;
  for (const block of outward(blocks, begin)) {
    const isInside = trackFrameAt(line, block.to) > 0 && trackFrameAt(line, block.from) < line.print.frameCount;
    if (!isInside) continue;
    const judgement = judge(line, block);
    const isInWindow = block.from < end && block.to > begin;
    if (judgement.confidence < HEARD && !isInWindow) continue;
    firstHeard = Math.min(firstHeard, block.from);
    lastHeard = Math.max(lastHeard, block.from);
    surest = Math.max(surest, judgement.confidence);
    if (!isInWindow) odds += Math.max(0, judgement.score);
    if (judgement.confidence >= MEASURED) measure(line, block.from, judgement.trackFrame);
  }
  if (lastHeard < 0 || odds - doubt < logit(leastConfidence)) return undefined;
  const followed = { ...line, confidence: surest, fromFrame: begin, toFrame: end, firstHeard, lastHeard, mean: 0 };
  followed.fromFrame = ends.beginOf(followed, blocks);
  followed.toFrame = ends.endOf(followed, blocks);
  return followed.toFrame > followed.fromFrame ? followed : undefined;
}

/** First the blocks from a frame on, then those before it, nearest first, so that the speed becomes more and more exact. */
function outward(blocks: readonly Block[], frame: number): Block[] {
  const later = blocks.filter(({ from }) => from >= frame);
  return [...later, ...blocks.filter(({ from }) => from < frame).reverse()];
}

const logit = (probability: number) => Math.log(probability / Math.max(1e-9, 1 - probability));
