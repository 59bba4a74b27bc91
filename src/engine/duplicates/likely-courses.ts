/**
 * Which tracks may share sound with a track, and on which courses: those in which many of its landmarks are at the same distance. At
 * other speeds, landmarks are made of the track's peaks as they would be at that speed, from its middle only: a copy at another speed
 * is a copy of the whole.
 */

import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import { AS_LEARNT, firstFrom, type Warp } from '../../match/judge/align.ts';
import { type Constellation, landmarksOf } from '../../match/landmarks.ts';
import type { Print } from '../../types.ts';
import type { LandmarkSample, SampledTrack } from './landmark-sample.ts';
import { type Course, type Frames, wholeOf } from './meetings.ts';
import type { Slack } from './settle-course.ts';
import { FASTER, SLOWER } from './speeds-tried.ts';
import { VoteTable } from './vote-table.ts';

export interface LikelyCourse {
  other: SampledTrack;
  rough: Course;
  /** The frames of the track for which the course was found, and how far from the right one it may be. */
  frames: Frames;
  slack: Slack;
  votes: number;
}

/** Cells for each track: enough for distances of three hours. */
const CELLS = 2 ** 18;

interface Pass {
  /** Partners of each peak: more than in the sample where talk may put peaks between the true ones. */
  fan: number;
  /** Size of a cell of distances, and how far a course that is found there may be from the right one. */
  cellFrames: number;
  slack: Slack;
  /** Of how many of all landmarks, at most those in the sample. */
  share: number;
  /** Hashes that occur more often in the sample are ignored: they cost most and tell least. */
  common: number;
  /** A distance with fewer landmarks than this is not examined: counted over all landmarks, and over a sample. */
  leastVotes: number;
  leastSampledVotes: number;
}

/** A bad copy of 8 s has about 60 votes, one under talk that is as loud 20 to 90 a minute. */
const SAME: Pass = {
  fan: 6,
  cellFrames: 4,
  slack: { reach: 8, gain: 0 },
  share: 1,
  common: 80,
  leastVotes: 20,
  leastSampledVotes: 4,
};
/** A minute at another speed has about 500 votes. Half a step of tempo is 7 frames in half a minute; its neighbours are found, too. */
const OTHER: Pass = {
  fan: 2,
  cellFrames: 16,
  slack: { reach: 48, gain: 16 },
  share: 1 / 16,
  common: 40,
  leastVotes: 60,
  leastSampledVotes: 5,
};
/** How much of a track is looked for at other speeds. */
const WINDOW_FRAMES = Math.round(60 * FRAMES_PER_SECOND);
/** How many distances are examined per pair. */
const MOST_DISTANCES = 3;
/** How many other tracks are compared with a track, those with the most votes first, so that a common loop does not take hours. */
const MOST_OTHERS = 12;
/** Likewise at other speeds, up to three for each track. */
const MOST_FASTER = 24;

export class CourseSearch {
  private readonly votes = new VoteTable();

  constructor(private readonly sample: LandmarkSample) {}

  /** The best first. */
  atSameSpeed(track: SampledTrack, print: Print): LikelyCourse[] {
    const frames = wholeOf(print);
    const { cellFrames, slack } = SAME;
    const found = new Map<SampledTrack, number[]>();
    const candidates: LikelyCourse[] = [];
    for (const { other, distance, votes } of this.counted(track, print, SAME)) {
      const known = found.get(other) ?? [];
      if (known.length === 0 && found.size >= MOST_OTHERS) continue;
      const isNew = known.every((each) => Math.abs(each - distance) > 4 * cellFrames);
      if (!isNew || known.length >= MOST_DISTANCES) continue;
      found.set(other, [...known, distance]);
      candidates.push({ other, rough: { warp: AS_LEARNT, distance }, frames, slack, votes });
    }
    return candidates;
  }

  /**
   * Likewise, of those tracks that are wanted: for each the best of playing it faster and higher, faster only, and higher only, since
   * they differ little when the change is small. `pause` is called between passes.
   */
  async atOtherSpeeds(
    track: SampledTrack,
    print: Print,
    { isWanted, pause }: { isWanted: (other: SampledTrack) => boolean; pause: () => Promise<void> | undefined },
  ): Promise<LikelyCourse[]> {
    const from = Math.max(0, Math.round((print.frameCount - WINDOW_FRAMES) / 2));
    const frames = { from, to: Math.min(print.frameCount, from + WINDOW_FRAMES) };
    const { slack } = OTHER;
    // The middle of a longer track that is slower may be missing here; it is found from its side.
    const warps = print.frameCount <= WINDOW_FRAMES ? [...FASTER, ...SLOWER] : FASTER;
    const best = new Map<string, LikelyCourse>();
    for (const warp of warps) {
      for (const { other, distance, votes } of this.counted(track, warped(print, frames, warp), OTHER)) {
        if (!isWanted(other)) continue;
        const key = `${other.id} ${warp.tempo !== 1} ${warp.pitch !== 1}`;
        if (votes <= (best.get(key)?.votes ?? 0)) continue;
        best.set(key, { other, rough: { warp, distance }, frames, slack, votes });
      }
      await pause();
    }
    return [...best.values()].sort((a, b) => b.votes - a.votes).slice(0, MOST_FASTER);
  }

  /**
   * Distances with enough votes, those with the most first. They are counted for each track separately: one distance on the tape can
   * belong to two tracks that lie side by side.
   */
  private counted(
    track: SampledTrack,
    peaks: Constellation,
    { fan, cellFrames, share, common, leastVotes, leastSampledVotes }: Pass,
  ): { other: SampledTrack; distance: number; votes: number }[] {
    const { sample, votes } = this;
    const end = track.start + track.frameCount;
    votes.clear();
    sample.eachPlace(landmarksOf(peaks, fan), { most: common, share }, (frame, position) => {
      if (position >= track.start && position <= end) return;
      const other = sample.trackAt(position);
      const distance = position - sample.tracks[other].start - frame;
      votes.add(other * CELLS + Math.floor(distance / cellFrames) + CELLS / 2);
    });
    const least = Math.max(leastSampledVotes, leastVotes * Math.min(share, sample.share));
    return votes.best(least).map(({ cell, votes }) => ({
      other: sample.tracks[Math.floor(cell / CELLS)],
      // The middle of the cell and its neighbour.
      distance: ((cell % CELLS) - CELLS / 2 + 1) * cellFrames,
      votes,
    }));
  }
}

/** The peaks of these frames as they would be at that speed. */
function warped(print: Print, { from, to }: Frames, { tempo, pitch }: Warp): Constellation {
  const first = firstFrom(print.frames, print.count, from);
  const count = firstFrom(print.frames, print.count, to) - first;
  const frames = new Uint32Array(count);
  const bins = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    frames[i] = Math.round(print.frames[first + i] / tempo);
    bins[i] = Math.round(print.bins[first + i] * pitch);
  }
  return { count, frames, bins };
}
