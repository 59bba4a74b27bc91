/** Keeps the analysis of the last seconds of a session, so that any part of them can be judged like a clip. */
import type { PeakColumns, Peaks } from '../../types.ts';
import { type Analysis, newPeaks } from '../analysis.ts';

/** What became final since the previous part: peaks of each analysis, and rows of the map. Frames count from the session's start. */
export interface HeardPart {
  shifts: Peaks[];
  firstFrame: number;
  rows: Uint8Array;
}

export interface MapShape {
  frameRate: number;
  firstBin: number;
  binCount: number;
}

const COLUMNS: (keyof PeakColumns)[] = ['frames', 'bins', 'levels', 'ranks', 'frameFractions', 'binFractions'];

export class HeardSoFar {
  private parts: HeardPart[] = [];
  /** The frame after the last one. */
  endFrame = 0;

  constructor(
    private readonly sound: MapShape,
    private readonly keptFrames: number,
  ) {}

  push(part: HeardPart): void {
    this.parts.push(part);
    this.endFrame = part.firstFrame + part.rows.length / this.sound.binCount;
    const oldest = this.endFrame - this.keptFrames;
    // Peaks become final later than rows, so a part may hold peaks of the previous part's frames.
    while (this.parts.length > 2 && this.parts[2].firstFrame <= oldest) this.parts.shift();
  }

  /** All frames from `from` on, `to` excluded, as a clip in which `from` is frame 0. */
  clip(from: number, to = this.endFrame): Analysis {
    const { binCount, firstBin, frameRate } = this.sound;
    const rows = new Uint8Array((to - from) * binCount);
    for (const part of this.parts) {
      const skipped = Math.max(0, from - part.firstFrame) * binCount;
      const wanted = (to - part.firstFrame) * binCount;
      if (skipped < Math.min(wanted, part.rows.length)) {
        rows.set(part.rows.subarray(skipped, wanted), Math.max(0, part.firstFrame - from) * binCount);
      }
    }
    const shifts = this.parts[0]?.shifts.map((_, shift) =>
      joined(
        this.parts.map((part) => part.shifts[shift]),
        from,
        to,
      ),
    );
    const map = { firstBin, binCount, frameCount: to - from, rows };
    return { frameRate, shifts: shifts ?? [], map };
  }
}

/** Joins lists of peaks, those of the frames from `from` on, which becomes frame 0, `to` excluded. */
function joined(all: Peaks[], from: number, to: number): Peaks {
  const lists = all.filter(({ frames, count }) => count > 0 && frames[count - 1] >= from && frames[0] < to);
  const firsts = lists.map(({ frames, count }) => {
    let first = 0;
    while (first < count && frames[first] < from) first++;
    return first;
  });
  const ends = lists.map(({ frames, count }, i) => {
    let end = count;
    while (end > firsts[i] && frames[end - 1] >= to) end--;
    return end;
  });
  const count = lists.reduce((sum, _, i) => sum + ends[i] - firsts[i], 0);
  const peaks = newPeaks(count);
  let filled = 0;
  for (const [i, list] of lists.entries()) {
    for (const column of COLUMNS) peaks[column].set(list[column].subarray(firsts[i], ends[i]), filled);
    filled += ends[i] - firsts[i];
  }
  for (let i = 0; i < count; i++) peaks.frames[i] -= from;
  return peaks;
}
