/**
 * Finds all tracks in a recording, with their times. In: the kernel's analysis, part by part. Out: stretches.
 *
 * The recording is split into blocks. A track that was found becomes a line along it (`line.ts`): in each further block only its one
 * place is judged, which costs almost nothing. Parts that no line explains are searched in overlapping windows by landmarks, some of
 * them at other speeds. A new line is followed back to its beginning, and forward to the end of the track, so a track that continues
 * after talk or another song is one stretch. Finally `edges.ts` finds both ends exactly.
 *
 * Only the last minutes are kept, so memory does not grow with the length of the recording.
 */
import type { TrackId } from '../../types.ts';
import type { Warp } from '../align.ts';
import type { Candidate } from '../candidates.ts';
import { doubtOf } from '../decide.ts';
import { type Field, fieldOf } from '../field.ts';
import type { Index } from '../index-view.ts';
import { type HeardPart, HeardSoFar, type MapShape } from '../live/heard-so-far.ts';
import { beginning, ending, meanOf, withoutFades } from './edges.ts';
import { type Block, expectedPeaks, judge, type Line, lineOf, measure, trackFrameAt } from './line.ts';
import { type WindowOptions, WindowSearch } from './window-search.ts';

interface RecordingOptions extends WindowOptions {
  /** Lowest confidence of a stretch. Default `SURE`. */
  threshold?: number;
}

/** A stretch of the recording in which a track is heard; frames of the recording, `toFrame` excluded. */
interface TrackStretch {
  track: TrackId;
  fromFrame: number;
  toFrame: number;
  /** Frame of the track at `fromFrame`. */
  trackFrame: number;
  warp: Warp;
  confidence: number;
}

const BLOCK_SECONDS = 10;
const KEPT_BLOCKS = 12;
/** Peaks become final this many frames after the rows of their frames. */
const LATE_FRAMES = 30;
/** Shorter windows, and windows with fewer peaks, are not searched. */
const LEAST_SECONDS = 5;
const LEAST_PEAKS = 20;
/** Lowest confidence of a stretch, and of a block of a line. */
const SURE = 0.9;
const HEARD = 0.5;
/** How many candidates of a window are examined more closely, and their least confidence. */
const HOPEFUL = 3;
const LEAST_HOPE = 0.3;
/** With more unknown sound, a stretch needs a higher confidence; see `decide.ts`. */
const DOUBTED_WINDOW_SECONDS = 20;
const DOUBTED_SECONDS = 3600;
/** In the first seconds of a gap, all windows are searched at other speeds; later only one in this many. */
const EAGER_SECONDS = 40;
const LATER_WINDOWS = 2;
/** A line that goes on is judged by the last seconds of a block only, if the confidence there is this high. */
const PROBE_SECONDS = 4;
const GOES_ON = 0.99;
/** Least confidence of a block that is used to estimate the speed of its line. */
const MEASURED = 0.9;
/** An edge is sought in the first or last block of a line and in this many blocks beyond it. */
const EDGE_BLOCKS = 2;
/** A stretch is extended to the track's own beginning or end if the track has fewer peaks than this in between. */
const FEW_PEAKS = 12;
/** Two lines of a track this close together are the same. */
const SAME_SECONDS = 1;
/** An echo may reach this far beyond the line it lies in. */
const ECHO_FRAMES = 43;
/** Longest overlap of songs that fade into each other. */
const LONGEST_FADE_SECONDS = 12;
/** A line is no longer followed when it was not heard for this long. */
const LOST_SECONDS = 240;

interface FollowedLine extends Line {
  confidence: number;
  fromFrame: number;
  toFrame: number;
  /** First frames of the first and last block in which it was heard. */
  firstHeard: number;
  lastHeard: number;
  /** Mean of the field's values at its peaks where it is heard. */
  mean: number;
}

export class RecordingSearch {
  private readonly heard: HeardSoFar;
  private readonly windows: WindowSearch;
  private blocks: Block[] = [];
  private active: FollowedLine[] = [];
  private readonly closed: FollowedLine[] = [];
  private nextFrame = 0;
  /** Start of the current unexplained sound, and how much unexplained sound there was before. */
  private gapFrame = 0;
  private unknownFrames = 0;
  private deepWindows = 0;

  constructor(
    private readonly index: Index,
    private readonly sound: MapShape,
    private readonly options: RecordingOptions = {},
  ) {
    this.heard = new HeardSoFar(sound, this.framesOf((KEPT_BLOCKS + 1) * BLOCK_SECONDS));
    this.windows = new WindowSearch(index, options);
  }

  /** Takes the part of the analysis that became final. */
  async hear(part: HeardPart): Promise<void> {
    this.heard.push(part);
    const length = this.framesOf(BLOCK_SECONDS);
    while (this.heard.endFrame >= this.nextFrame + length + LATE_FRAMES) await this.takeBlock(this.nextFrame + length);
  }

  /** Takes the last part. */
  async end(part: HeardPart): Promise<void> {
    await this.hear(part);
    const { endFrame } = this.heard;
    const left = endFrame - this.nextFrame;
    if (left <= 0) return;
    // A short remainder is added to the previous block.
    const before = left < this.framesOf(LEAST_SECONDS) ? this.blocks.pop() : undefined;
    if (before) this.nextFrame = before.from;
    await this.takeBlock(endFrame);
  }

  /** The stretches found so far, in the order of the recording. */
  stretches(): TrackStretch[] {
    const lines = withoutEchoes([...this.closed, ...this.active]);
    const spans = withoutFades(lines, this.framesOf(LONGEST_FADE_SECONDS));
    return lines
      .map((line, i) => ({
        track: line.track,
        ...spans[i],
        trackFrame: trackFrameAt(line, spans[i].fromFrame),
        warp: line.warp,
        confidence: line.confidence,
      }))
      .sort((a, b) => a.fromFrame - b.fromFrame);
  }

  private async takeBlock(to: number): Promise<void> {
    const block = this.blockOf(this.nextFrame, to);
    this.nextFrame = to;
    this.blocks.push(block);
    if (this.blocks.length > KEPT_BLOCKS) this.blocks.shift();
    const ending = this.endingOf(block);
    this.followAll(block, ending);
    this.closeLost(block.from);
    const half = this.framesOf(BLOCK_SECONDS / 2);
    // The newest seconds first: what is found there is followed back, and seldom leaves anything for the other window.
    await this.searchWindow(to - 2 * half, to, true);
    await this.searchWindow(to - 3 * half, to - half, false);
    this.countUnknown(block);
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

  /** The last seconds of a block: if a line is surely heard there, the rest need not be looked at. */
  private endingOf({ from, to }: Block): Block {
    return this.blockOf(Math.max(from, to - this.framesOf(PROBE_SECONDS)), to);
  }

  /** Lines that were not heard lately are left out where another one explains the block: its whole field is not needed then. */
  private followAll(block: Block, ending: Block): void {
    const recent = block.from - EDGE_BLOCKS * this.framesOf(BLOCK_SECONDS);
    const late = this.active.filter(isHeard);
    const lost = this.active.filter((line) => !isHeard(line));
    for (const line of late) this.follow(line, block, ending);
    const [begin, end] = this.unexplained(block.from, block.to);
    if (end - begin >= this.framesOf(LEAST_SECONDS)) for (const line of lost) this.follow(line, block, ending);

    function isHeard({ lastHeard }: FollowedLine): boolean {
      return lastHeard >= recent;
    }
  }

  /** Checks whether a line continues in the newest block. */
  private follow(line: FollowedLine, block: Block, ending: Block): void {
    if (this.goesOn(line, block, ending)) return;
    const judgement = judge(line, block);
    if (judgement.confidence >= HEARD) {
      line.confidence = Math.max(line.confidence, judgement.confidence);
      line.lastHeard = block.from;
      if (judgement.confidence >= MEASURED) measure(line, block.from, judgement.trackFrame);
    }
    // Update the edges only if there is new information about them.
    if (block.from - line.lastHeard <= EDGE_BLOCKS * this.framesOf(BLOCK_SECONDS)) line.toFrame = this.endOf(line);
  }

  /** Whether a line that was heard to the end of the block before is surely heard at the end of this one. */
  private goesOn(line: FollowedLine, block: Block, ending: Block): boolean {
    if (line.lastHeard < this.blocks[this.blocks.length - 2]?.from || line.toFrame < block.from) return false;
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
      frame - line.lastHeard > this.framesOf(LOST_SECONDS) ||
      (trackFrameAt(line, frame) > line.print.frameCount &&
        frame - line.lastHeard > EDGE_BLOCKS * this.framesOf(BLOCK_SECONDS));
    for (const line of this.active) if (isOver(line)) this.closed.push(line);
    this.active = this.active.filter((line) => !isOver(line));
  }

  /** Searches what no line explains of the frames from `from` on, `to` excluded; at other speeds only if it `mayBeDeep`. */
  private async searchWindow(from: number, to: number, mayBeDeep: boolean): Promise<void> {
    const [begin, end] = this.unexplained(Math.max(0, from, this.blocks[0].from), to);
    if (end - begin < this.framesOf(LEAST_SECONDS)) return;
    const clip = this.heard.clip(begin, end);
    if (clip.shifts[0].count < LEAST_PEAKS) return;
    const whole = this.blocks.find((block) => block.from === begin && block.to === end);
    const field = whole?.field ?? fieldOf(clip.map, clip.shifts[0]);
    if (await this.take(await this.windows.search(clip, field, false), begin, field)) return;
    if (mayBeDeep && this.isDeep(end)) await this.take(await this.windows.search(clip, field, true), begin, field);
  }

  /** Searching at other speeds is expensive: it is done often where a song may have just begun, and seldom in long gaps. */
  private isDeep(frame: number): boolean {
    if (frame - this.gapFrame <= this.framesOf(EAGER_SECONDS)) return true;
    return this.deepWindows++ % LATER_WINDOWS === 0;
  }

  /** The longest part that no line explains. */
  private unexplained(from: number, to: number): [from: number, to: number] {
    let best: [number, number] = [from, from];
    let begin = from;
    const take = (until: number) => {
      if (until - begin > best[1] - best[0]) best = [begin, until];
    };
    const lines = [...this.closed, ...this.active]
      .filter(({ fromFrame, toFrame }) => fromFrame < to && toFrame > from)
      .sort((a, b) => a.fromFrame - b.fromFrame);
    for (const { fromFrame, toFrame } of lines) {
      take(Math.min(to, fromFrame));
      begin = Math.max(begin, toFrame);
    }
    take(to);
    return best;
  }

  /** Takes the first candidate that is sure enough when the sound around the window is included. */
  private async take(candidates: Candidate[], begin: number, { frameCount }: Block['field']): Promise<boolean> {
    const hopeful = candidates.slice(0, HOPEFUL).filter(({ confidence }) => confidence >= LEAST_HOPE);
    const prints = await this.index.prints(hopeful.map(({ track }) => track));
    for (const [i, candidate] of hopeful.entries()) {
      const print = prints[i];
      if (!print) continue;
      const { track, warp, isWarped, ordinaryTones, start } = candidate;
      const line = lineOf(track, print, begin, start, warp, { isWarped, ordinaryTones });
      const followed = this.followBack(line, candidate.confidence, begin, begin + frameCount);
      if (!followed) continue;
      this.add(followed);
      return true;
    }
    return false;
  }

  /** A track that continues at its expected place belongs to the same stretch, even if something else was heard in between. */
  private add(line: FollowedLine): void {
    const isSame = (other: FollowedLine) =>
      other.track === line.track &&
      Math.abs(trackFrameAt(other, line.frame) - line.trackFrame) < this.framesOf(SAME_SECONDS);
    const known = [...this.active, ...this.closed].find(isSame);
    if (!known) {
      this.active.push(line);
      return;
    }
    known.fromFrame = Math.min(known.fromFrame, line.fromFrame);
    known.toFrame = Math.max(known.toFrame, line.toFrame);
    known.firstHeard = Math.min(known.firstHeard, line.firstHeard);
    known.lastHeard = Math.max(known.lastHeard, line.lastHeard);
    known.confidence = Math.max(known.confidence, line.confidence);
  }

  /** Judges a line in all kept blocks; undefined if it is not sure enough. */
  private followBack(line: Line, confidence: number, begin: number, end: number): FollowedLine | undefined {
    let firstHeard = Number.POSITIVE_INFINITY;
    let lastHeard = Number.NEGATIVE_INFINITY;
    let odds = logit(confidence);
    let surest = confidence;
    for (const block of outward(this.blocks, begin)) {
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
    if (lastHeard < 0 || odds - this.doubt < logit(this.options.threshold ?? SURE)) return undefined;
    const followed = { ...line, confidence: surest, fromFrame: begin, toFrame: end, firstHeard, lastHeard, mean: 0 };
    followed.fromFrame = this.beginOf(followed);
    followed.toFrame = this.endOf(followed);
    return followed.toFrame > followed.fromFrame ? followed : undefined;
  }

  private beginOf(line: FollowedLine): number {
    const reach = EDGE_BLOCKS * this.framesOf(BLOCK_SECONDS);
    const near = this.blocks.filter(({ from }) => from <= line.firstHeard && from >= line.firstHeard - reach);
    const peaks = near.flatMap((block) => expectedPeaks(line, block));
    line.mean = this.meanNear(line, line.firstHeard);
    const found = beginning(peaks, line.mean, line.fromFrame);
    return Math.max(0, found - this.silentFrames(line, trackFrameAt(line, found), -1));
  }

  private endOf(line: FollowedLine): number {
    const reach = EDGE_BLOCKS * this.framesOf(BLOCK_SECONDS);
    const near = this.blocks.filter(({ from }) => from >= line.lastHeard && from <= line.lastHeard + reach);
    const peaks = near.flatMap((block) => expectedPeaks(line, block));
    const mean = this.meanNear(line, line.lastHeard);
    const found = ending(peaks, mean || line.mean, line.toFrame);
    const rest = this.silentFrames(line, trackFrameAt(line, found), 1);
    return Math.min(this.nextFrame, found + rest);
  }

  /** Mean value of the line's peaks in the surest half of the blocks around one. */
  private meanNear(line: FollowedLine, frame: number): number {
    const reach = this.framesOf(BLOCK_SECONDS);
    const near = this.blocks.filter(
      ({ from }) => from >= line.firstHeard && from <= line.lastHeard && Math.abs(from - frame) <= reach,
    );
    return Math.max(0, ...near.map((block) => meanOf(expectedPeaks(line, block))));
  }

  /** Frames from a place in the track to its beginning or end, if the track is nearly silent there. */
  private silentFrames({ print, warp }: Line, trackFrame: number, direction: 1 | -1): number {
    const [from, to] = direction > 0 ? [trackFrame, print.frameCount] : [0, trackFrame];
    let expected = 0;
    for (let i = 0; i < print.count && expected <= FEW_PEAKS; i++)
      if (print.frames[i] > from && print.frames[i] < to) expected++;
    return expected > FEW_PEAKS || to <= from ? 0 : Math.round((to - from) / warp.tempo);
  }

  private countUnknown({ from, to }: Block): void {
    const [begin, end] = this.unexplained(from, to);
    if (begin > from) this.gapFrame = begin;
    if (end < to) this.gapFrame = to;
    this.unknownFrames += end - begin;
  }

  /** Log odds that are subtracted from those of a stretch. */
  private get doubt(): number {
    const seconds = Math.min(DOUBTED_SECONDS, this.unknownFrames / this.sound.frameRate);
    return doubtOf(Math.max(1, seconds / DOUBTED_WINDOW_SECONDS));
  }

  private framesOf(seconds: number): number {
    return Math.round(seconds * this.sound.frameRate);
  }
}

/** A track that repeats itself may fit at two places: the shorter line within the longer one is left out. */
function withoutEchoes(lines: readonly FollowedLine[]): FollowedLine[] {
  return lines.filter(
    (line) =>
      !lines.some(
        (other) =>
          other !== line &&
          other.track === line.track &&
          other.fromFrame <= line.fromFrame + ECHO_FRAMES &&
          other.toFrame >= line.toFrame - ECHO_FRAMES &&
          other.toFrame - other.fromFrame > line.toFrame - line.fromFrame,
      ),
  );
}

/** First the blocks from a frame on, then those before it, nearest first, so that the speed becomes more and more exact. */
function outward(blocks: readonly Block[], frame: number): Block[] {
  const later = blocks.filter(({ from }) => from >= frame);
  return [...later, ...blocks.filter(({ from }) => from < frame).reverse()];
}

const logit = (probability: number) => Math.log(probability / Math.max(1e-9, 1 - probability));
