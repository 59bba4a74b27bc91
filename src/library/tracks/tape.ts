/**
 * The tape: all tracks, including removed ones, in the order of their `tapeStart`. Returns the tracks that start within a range of
 * it, and keeps prefix sums so that counting them takes two binary searches.
 *
 * The layout is computed on first use. A new track nearly always comes last and is appended, because computing the layout of
 * 100,000 tracks anew would take longer than everything else that adding does.
 */
import { lowerBound, U32List } from '../index/u32-list.ts';
import type { TrackRow } from '../rows/row-bytes.ts';

/** The recognisable tracks, as columns: `tracks[i]` occupies `frameCounts[i]` frames from `starts[i]` on. */
export interface StretchColumns {
  starts: Uint32Array;
  frameCounts: Uint32Array;
  tracks: Uint32Array;
}

export class Tape {
  private layout: Layout | undefined;

  /** `allRows` returns the tracks in any order. */
  constructor(private readonly allRows: () => TrackRow[]) {}

  /** The tracks with from <= tapeStart < below. */
  rows(from = 0, below = Infinity): TrackRow[] {
    const { rows, within } = this.laidOut();
    return rows.slice(...within(from, below));
  }

  /** Total number of frames of those tracks. */
  frameCount(from = 0, below = Infinity): number {
    const { framesBefore, within } = this.laidOut();
    const [first, end] = within(from, below);
    return framesBefore[end] - framesBefore[first];
  }

  /** How many of those tracks are not removed. */
  livingCount(from = 0, below = Infinity): number {
    const { livingBefore, within } = this.laidOut();
    const [first, end] = within(from, below);
    return livingBefore[end] - livingBefore[first];
  }

  /** All enabled tracks that are not removed. The arrays are not modified by later changes. */
  stretches(): StretchColumns {
    const { starts, frameCounts, tracks } = this.laidOut().answers;
    return { starts: starts.view(), frameCounts: frameCounts.view(), tracks: tracks.view() };
  }

  /** Call after a track was added. */
  append(row: TrackRow): void {
    if (this.layout && !this.layout.append(row)) this.layout = undefined;
  }

  /** Call after tracks were changed or removed. */
  invalidate(): void {
    this.layout = undefined;
  }

  private laidOut(): Layout {
    this.layout ??= new Layout(this.allRows().sort((a, b) => a.tapeStart - b.tapeStart));
    return this.layout;
  }
}

class Layout {
  readonly rows: TrackRow[] = [];
  /** Sums over the rows before each index. */
  readonly framesBefore = [0];
  readonly livingBefore = [0];
  readonly answers = { starts: new U32List(), frameCounts: new U32List(), tracks: new U32List() };
  private readonly starts: number[] = [];

  constructor(rows: readonly TrackRow[]) {
    for (const row of rows) this.append(row);
  }

  /** Indices of the first row with from <= tapeStart < below, and of the first row after these. */
  readonly within = (from: number, below: number): [number, number] => [
    lowerBound(this.starts, from),
    lowerBound(this.starts, below),
  ];

  /** Appends a row; false if it belongs before another one. */
  append(row: TrackRow): boolean {
    const { id, tapeStart, frameCount, enabled, removed } = row;
    const count = this.rows.length;
    if (count > 0 && tapeStart < this.starts[count - 1]) return false;
    this.rows.push(row);
    this.starts.push(tapeStart);
    this.framesBefore.push(this.framesBefore[count] + frameCount);
    this.livingBefore.push(this.livingBefore[count] + (removed ? 0 : 1));
    if (enabled && !removed) {
      this.answers.starts.push(tapeStart);
      this.answers.frameCounts.push(frameCount);
      this.answers.tracks.push(id);
    }
    return true;
  }
}
