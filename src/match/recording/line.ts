/**
 * A line maps frames of a recording to frames of a track. In: the line and a block of the recording. Out: the confidence that the track
 * is heard there, and the evidence peak by peak.
 */
import type { Print, TrackId } from '../../types.ts';
import { type Field, MARGIN } from '../field/field.ts';
import { align, type Warp } from '../judge/align.ts';
import { confidenceOf, scoreOf } from '../judge/decide.ts';
import { evidenceAt } from '../judge/evidence.ts';
import { LEVEL_WEIGHTS } from '../judge/loudness-weights.ts';

/** Some seconds of the recording. Frames count from the recording's beginning. */
export interface Block {
  from: number;
  to: number;
  field: Field;
}

export interface Line {
  track: TrackId;
  print: Print;
  /** The track is at `trackFrame` when the recording is at `frame`. */
  frame: number;
  trackFrame: number;
  warp: Warp;
  isWarped: boolean;
  ordinaryTones: number;
  /** Sums for estimating the speed from later blocks. */
  speed: { found: number; moment: number; spread: number };
}

/** Initial uncertainty of the speed. The place of a block is known to within a frame. */
const SPEED_DEVIATION = 0.0015;

export function lineOf(
  track: TrackId,
  print: Print,
  frame: number,
  trackFrame: number,
  warp: Warp,
  circumstances: Pick<Line, 'isWarped' | 'ordinaryTones'>,
): Line {
  return {
    ...{ track, print, frame, trackFrame, warp },
    ...circumstances,
    speed: { found: warp.tempo, moment: 0, spread: SPEED_DEVIATION ** -2 },
  };
}

/** The line is at this place in the track at this frame: the longer it is, the more exactly that tells its speed. */
export function measure(line: Line, frame: number, trackFrame: number): void {
  const { speed, warp } = line;
  const frames = frame - line.frame;
  speed.moment += frames * (trackFrame - line.trackFrame - speed.found * frames);
  speed.spread += frames ** 2;
  const tempo = speed.found + speed.moment / speed.spread;
  line.warp = { tempo, pitch: warp.pitch + (tempo - warp.tempo) };
}

export const trackFrameAt = ({ frame, trackFrame, warp }: Line, at: number): number =>
  trackFrame + (at - frame) * warp.tempo;

interface Judgement {
  /** Probability that the track is heard in the block, if only this place is possible. */
  confidence: number;
  /** The same as log odds, independent of the size of the library. */
  score: number;
  /** The frame of the track at the block's beginning: the best fit near the line. */
  trackFrame: number;
}

export function judge(line: Line, { from, field }: Block): Judgement {
  const { print, warp, isWarped, ordinaryTones } = line;
  const evidence = evidenceAt(print, field, trackFrameAt(line, from), warp);
  const circumstances = { isWarped, ordinaryTones };
  return {
    confidence: confidenceOf(evidence, { tapeFrames: 1 }, circumstances),
    score: scoreOf(evidence, circumstances),
    trackFrame: evidence.start,
  };
}

/** A peak of the track at its expected place in the recording. */
export interface ExpectedPeak {
  frame: number;
  /** The field's value there; 0 on average where the track is not heard. */
  value: number;
  weight: number;
}

/** The peaks expected in a block, in the order of their frames. */
export function expectedPeaks(line: Line, { from, field }: Block): ExpectedPeak[] {
  const { print, warp } = line;
  const { count, peaks, frames, rows } = align(print, field, trackFrameAt(line, from), warp);
  return Array.from({ length: count }, (_, i) => ({
    frame: from + frames[i],
    value: field.values[rows[i] * field.stride + MARGIN + frames[i]],
    weight: LEVEL_WEIGHTS[print.levels[peaks[i]]] * field.weights[rows[i]],
  }));
}
