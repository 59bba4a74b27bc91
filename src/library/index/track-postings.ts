/** Makes the postings of tracks from their prints. The index is built from them, and rebuilt when it is damaged. */
import type { Print, TrackId } from '../../types.ts';
import { pause } from '../background.ts';
import type { TrackRow } from '../rows/row-bytes.ts';
import { type Run, runOf, sortedRun, type TrackLandmarks } from './postings.ts';
import { U32List } from './u32-list.ts';

/** What the library needs to know about landmarks. It is passed in, because this folder does not depend on matching. */
export interface LandmarkScheme {
  /** The landmarks of a print, ordered by frame. */
  landmarksOf: (print: Print) => TrackLandmarks;
  /** Incremented when `landmarksOf` changes; segments of another format are then rebuilt from the prints. */
  landmarkFormat: number;
  /** Bits in a hash, at most 32. */
  hashBits: number;
}

/** Prints held in memory at once while the postings of many tracks are made. */
const PRINTS_AT_ONCE = 16;

/** Estimates a track's postings without reading its print: a peak starts one or two landmarks. */
export const expectedPostings = ({ peakCount }: { peakCount: number }) => 2 * peakCount;

export class TrackPostings {
  /** `readPrints` returns prints in the order of the ids, and undefined for a damaged one. */
  constructor(
    private readonly readPrints: (tracks: TrackId[]) => Promise<(Print | undefined)[]>,
    private readonly scheme: LandmarkScheme,
  ) {}

  ofPrint(print: Print, tapeStart: number): Run {
    return runOf(this.scheme.landmarksOf(print), tapeStart, this.scheme.hashBits);
  }

  /**
   * One run over many tracks, which must be in the order of the tape. Tracks with damaged prints are left out. `giveWay` is awaited
   * after every few prints.
   */
  async ofTracks(rows: readonly TrackRow[], giveWay: () => Promise<void> = pause): Promise<Run> {
    const hashes = new U32List();
    const positions = new U32List();
    for (let start = 0; start < rows.length; start += PRINTS_AT_ONCE) {
      const some = rows.slice(start, start + PRINTS_AT_ONCE);
      const prints = await this.readPrints(some.map(({ id }) => id));
      for (const [i, print] of prints.entries()) {
        if (!print) continue;
        const landmarks = this.scheme.landmarksOf(print);
        hashes.append(landmarks.hashes);
        positions.append(landmarks.frames.map((frame) => some[i].tapeStart + frame));
      }
      await giveWay();
    }
    return sortedRun(hashes.copy(), positions.copy(), this.scheme.hashBits);
  }
}
