/**
 * Finds all tracks in a recording, with their times. In: the kernel's analysis, part by part. Out: stretches.
 *
 * The recording is split into blocks (`recording-blocks.ts`). A track that was found becomes a line along it (`line.ts`): in each
 * further block only its one place is judged (`line-follower.ts`), which costs almost nothing. Parts that no line explains are searched
 * in overlapping windows by landmarks (`window-search.ts`), some of them at other speeds (`unknown-sound.ts`). A new line is followed
 * back to its beginning (`follow-back.ts`), and forward to the end of the track, so a track that continues after talk or another song is
 * one stretch. Finally `line-ends.ts` finds both ends exactly.
 *
 * Only the last minutes are kept, so memory does not grow with the length of the recording.
 */
import type { TrackId } from '../../types.ts';
import { fieldOf } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import type { Warp } from '../judge/align.ts';
import type { Candidate } from '../judge/candidates.ts';
import type { HeardPart, MapShape } from '../live/heard-so-far.ts';
import { withoutFades } from './edges.ts';
import { followBack } from './follow-back.ts';
import { withoutEchoes } from './followed-line.ts';
import { type Block, lineOf, trackFrameAt } from './line.ts';
import { LineEnds } from './line-ends.ts';
import { LineFollower } from './line-follower.ts';
import { BLOCK_SECONDS, RecordingBlocks } from './recording-blocks.ts';
import { type UnknownOptions, UnknownSound } from './unknown-sound.ts';
import { type WindowOptions, WindowSearch } from './window-search.ts';

interface RecordingOptions extends WindowOptions, UnknownOptions {
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

/** Windows with fewer peaks are not searched. */
const LEAST_PEAKS = 20;
/** Lowest confidence of a stretch. */
const SURE = 0.9;
/** How many candidates of a window are examined more closely, and their least confidence. */
const HOPEFUL = 3;
const LEAST_HOPE = 0.3;
/** Longest overlap of songs that fade into each other. */
const LONGEST_FADE_SECONDS = 12;

export class RecordingSearch {
  private readonly blocks: RecordingBlocks;
  private readonly windows: WindowSearch;
  private readonly ends: LineEnds;
  private readonly follower: LineFollower;
  private readonly unknown: UnknownSound;

  constructor(
    private readonly index: Index,
    sound: MapShape,
    private readonly options: RecordingOptions = {},
  ) {
    this.blocks = new RecordingBlocks(sound);
    this.windows = new WindowSearch(index, options);
    this.ends = new LineEnds(this.blocks.blockFrames);
    this.follower = new LineFollower(this.blocks, this.ends);
    this.unknown = new UnknownSound(sound.frameRate, options);
  }

  /** Takes the part of the analysis that became final. */
  async hear(part: HeardPart): Promise<void> {
    this.blocks.push(part);
    for (let block = this.blocks.next(); block; block = this.blocks.next()) await this.takeBlock(block);
  }

  /** Takes the last part. */
  async end(part: HeardPart): Promise<void> {
    await this.hear(part);
    const rest = this.blocks.rest();
    if (rest) await this.takeBlock(rest);
  }

  /** The stretches found so far, in the order of the recording. */
  stretches(): TrackStretch[] {
    const lines = withoutEchoes(this.follower.lines);
    const spans = withoutFades(lines, this.blocks.framesOf(LONGEST_FADE_SECONDS));
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

  private async takeBlock(block: Block): Promise<void> {
    this.follower.follow(block);
    const { to } = block;
    const half = this.blocks.framesOf(BLOCK_SECONDS / 2);
    // The newest seconds first: what is found there is followed back, and seldom leaves anything for the other window.
    await this.searchWindow(to - 2 * half, to, true);
    await this.searchWindow(to - 3 * half, to - half, false);
    this.unknown.count(block, this.follower.unexplained(block.from, block.to));
  }

  /** Searches what no line explains of the frames from `from` on, `to` excluded; at other speeds only if it `mayBeDeep`. */
  private async searchWindow(from: number, to: number, mayBeDeep: boolean): Promise<void> {
    const { kept, leastFrames } = this.blocks;
    const [begin, end] = this.follower.unexplained(Math.max(0, from, kept[0].from), to);
    if (end - begin < leastFrames) return;
    const clip = this.blocks.clip(begin, end);
    if (clip.shifts[0].count < LEAST_PEAKS) return;
    const whole = kept.find((block) => block.from === begin && block.to === end);
    const field = whole?.field ?? fieldOf(clip.map, clip.shifts[0]);
    if (await this.take(await this.windows.search(clip, field, false), begin, end)) return;
    if (mayBeDeep && this.unknown.isDeep(end))
      await this.take(await this.windows.search(clip, field, true), begin, end);
  }

  /** Takes the first candidate that is sure enough when the sound around the window is included. */
  private async take(candidates: Candidate[], begin: number, end: number): Promise<boolean> {
    const hopeful = candidates.slice(0, HOPEFUL).filter(({ confidence }) => confidence >= LEAST_HOPE);
    const prints = await this.index.prints(hopeful.map(({ track }) => track));
    const leastConfidence = this.options.threshold ?? SURE;
    for (const [i, { confidence, ...candidate }] of hopeful.entries()) {
      const print = prints[i];
      if (!print) continue;
      const { track, warp, isWarped, ordinaryTones, start } = candidate;
      const line = lineOf(track, print, begin, start, warp, { isWarped, ordinaryTones });
      const { doubt } = this.unknown;
      const followed = followBack(line, { begin, end, confidence }, this.blocks.kept, this.ends, {
        leastConfidence,
        doubt,
      });
      if (!followed) continue;
      this.follower.add(followed);
      return true;
    }
    return false;
  }
}
