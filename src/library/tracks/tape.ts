/**
 * The tape: all tracks, removed ones included, one after the other in the order of their `tapeStart`. Answers which tracks
 * start on a stretch of it, and keeps running sums so that counting them takes two binary searches.
 *
 * Laid out when first asked. A new track nearly always comes last and is appended: laying out 100,000 tracks anew for each
 * would cost more than everything else that adding does.
 */
import { lowerBound, U32List } from '../index/u32-list.ts';
import type { TrackRow } from '../row-bytes.ts';

/** Tracks that can be answers, as columns: frames `starts[i]` to `starts[i] + frameCounts[i]` belong to `tracks[i]`. */
export interface StretchColumns {
  starts: Uint32Array;
  frameCounts: Uint32Array;
  tracks: Uint32Array;
}

export class Tape {
  private layout: Layout | undefined;

  /** `allRows` gives the tracks in any order. */
  constructor(private readonly allRows: () => TrackRow[]) {}

  /** Tracks that start at `from` or later and before `below`. */
  rows(from = 0, below = Infinity): TrackRow[] {
    const { rows, within } = this.laidOut();
    return rows.slice(...within(from, below));
  }

  /** Frames of those tracks together. */
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

  /** Living, enabled tracks. The arrays stay as they are when tracks come or go. */
  stretches(): StretchColumns {
    const { starts, frameCounts, tracks } = this.laidOut().answers;
    return { starts: starts.view(), frameCounts: frameCounts.view(), tracks: tracks.view() };
  }

  /** Call after a track was added. */
  append(row: TrackRow): void {
    if (this.layout && !this.layout.append(row)) this.layout = undefined;
  }

  /** Call after tracks changed or went. */
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

  /** Indices of the first row that starts within from..below, and of the first behind it. */
  readonly within = (from: number, below: number): [number, number] => [
    lowerBound(this.starts, from),
    lowerBound(this.starts, below),
  ];

  /** False if the row's place is before that of another: it cannot be appended. */
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
