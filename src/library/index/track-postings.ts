/** Postings of tracks, made from their prints: what the index is built from, and rebuilt from when it is damaged. */
import type { Print, TrackId } from '../../types.ts';
import { pause } from '../background.ts';
import type { TrackRow } from '../row-bytes.ts';
import { type Run, runOf, sortedRun, type TrackLandmarks } from './postings.ts';
import { U32List } from './u32-list.ts';

/** What the library is told about landmarks, since its folder knows nothing of matching. */
export interface LandmarkScheme {
  /** Landmarks of a print, ordered by frame. */
  landmarksOf: (print: Print) => TrackLandmarks;
  /** Rises when `landmarksOf` changes; segments of another format are then rebuilt from the prints. */
  landmarkFormat: number;
  /** Bits in a hash, at most 32. */
  hashBits: number;
}

/** Prints held in memory at once while postings of many tracks are made. */
const PRINTS_AT_ONCE = 16;

/** Estimate of a track's postings before its print is read: a peak starts one or two landmarks. */
export const expectedPostings = ({ peakCount }: { peakCount: number }) => 2 * peakCount;

export class TrackPostings {
  /** `readPrints` gives prints in the order asked, and undefined for a damaged one. */
  constructor(
    private readonly readPrints: (tracks: TrackId[]) => Promise<(Print | undefined)[]>,
    private readonly scheme: LandmarkScheme,
  ) {}

  ofPrint(print: Print, tapeStart: number): Run {
    return runOf(this.scheme.landmarksOf(print), tapeStart, this.scheme.hashBits);
  }

  /** One run over many tracks, which must be ordered by their place on the tape. Tracks with damaged prints are left out. */
  async ofTracks(rows: readonly TrackRow[]): Promise<Run> {
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
      await pause();
    }
    return sortedRun(hashes.copy(), positions.copy(), this.scheme.hashBits);
  }
}
