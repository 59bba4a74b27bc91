/**
 * Finds the exact course of a print through another. In: a rough course, and the frames of the print for which it holds. Out: the one
 * on which most peaks meet. The peaks that nearly meet vote for how late they are; on the right course, lateness grows with time as
 * on a straight line, which is looked for among lines of every inclination (a Hough transform).
 */
import type { Print } from '../../types.ts';
import { type Course, eachMeeting, type Frames } from './meetings.ts';

/** How rough a course may be. */
export interface Slack {
  /** Frames by which it may miss. */
  reach: number;
  /** Lateness in frames that the right line gains in half of the frames, at most. */
  gain: number;
}

/** Peaks of so many frames vote together. */
const BLOCK_FRAMES = 64;
/** Steps in which the gain is tried. */
const GAIN_STEP = 0.5;
/** Pitches beside the rough one that are tried. */
const PITCH_CHANGES = [-0.002, -0.001, 0, 0.001, 0.002];

export function settleCourse(print: Print, other: Print, rough: Course, frames: Frames, slack: Slack): Course {
  const lates = 2 * slack.reach + 1;
  const { votes, blocks } = votesFor(print, other, rough, { ...frames, reach: slack.reach });
  const middle = (blocks - 1) / 2;
  let best = { votes: 0, gain: 0, late: 0 };
  for (let gain = -slack.gain; gain <= slack.gain; gain += GAIN_STEP) {
    const sums = new Uint32Array(lates);
    for (let block = 0; block < blocks; block++) {
      const later = Math.round((gain * (block - middle)) / Math.max(1, middle));
      for (let late = Math.max(0, -later); late < lates && late + later < lates; late++)
        sums[late] += votes[block * lates + late + later];
    }
    for (let late = 1; late < lates - 1; late++) {
      const sum = sums[late - 1] + 2 * sums[late] + sums[late + 1];
      if (sum > best.votes) best = { votes: sum, gain, late: late - slack.reach };
    }
  }
  const { warp, distance } = rough;
  const centre = (frames.from + frames.to) / 2;
  const gainPerFrame = best.gain / Math.max(1, middle * BLOCK_FRAMES);
  const tempo = 1 / (1 / warp.tempo + gainPerFrame);
  const settled = { warp: { tempo, pitch: warp.pitch }, distance: distance + best.late - gainPerFrame * centre };
  return warp.pitch === 1 ? settled : atBestPitch(print, other, settled, frames);
}

function votesFor(print: Print, other: Print, rough: Course, frames: Frames & { reach: number }) {
  const lates = 2 * frames.reach + 1;
  const blocks = Math.ceil((frames.to - frames.from) / BLOCK_FRAMES);
  const votes = new Uint16Array(blocks * lates);
  eachMeeting(print, other, rough, frames, (peak, late) => {
    const block = Math.floor((print.frames[peak] - frames.from) / BLOCK_FRAMES);
    votes[block * lates + late + frames.reach]++;
  });
  return { votes, blocks };
}

function atBestPitch(print: Print, other: Print, course: Course, frames: Frames): Course {
  const tried = PITCH_CHANGES.map((change) => {
    const { tempo, pitch } = course.warp;
    const moved = { ...course, warp: { tempo, pitch: pitch + change } };
    let met = 0;
    eachMeeting(print, other, moved, { ...frames, reach: 1 }, () => met++);
    return { moved, met };
  });
  return tried.reduce((a, b) => (b.met > a.met ? b : a)).moved;
}
