/** Looks at every row of a library once: what is damaged is made again where it can be, and named where it cannot. */

import type { Incoming } from './add-tracks.ts';
import type { Progress } from './bundle/write-bundle.ts';
import { pageKey, type Segment } from './index/segment.ts';
import { fitsTrack, printHeader } from './print.ts';
import type { TrackRow } from './row-bytes.ts';
import { isSound } from './shelf/checksum.ts';
import type { Row, Shelf, Store } from './shelf/shelf.ts';

const ROWS_AT_ONCE = 128;
/** For the length of a track of which only the print is left. */
const USUAL_FRAMES_PER_SECOND = 43;

export interface Findings {
  /** Tracks whose own row, print or cover is damaged or missing. */
  rows: number[];
  prints: number[];
  covers: number[];
  segments: Segment[];
}

export async function inspect(
  shelf: Shelf,
  tracks: readonly TrackRow[],
  segments: readonly Segment[],
  progress: (p: Progress) => void,
): Promise<Findings> {
  const ids = tracks.map(({ id }) => id);
  const covered = tracks.flatMap(({ id, hasCover }) => (hasCover ? id : []));
  const total = 2 * ids.length + covered.length + segments.reduce((sum, { pageCount }) => sum + pageCount, 0);
  let done = 0;

  async function unsound(store: Store, keys: number[], isRight = (_row: Row, _at: number) => true) {
    const found: number[] = [];
    for (let start = 0; start < keys.length; start += ROWS_AT_ONCE) {
      const some = keys.slice(start, start + ROWS_AT_ONCE);
      const rows = await shelf.read(store, some);
      found.push(...some.filter((_, i) => !rows[i] || !isSound(rows[i]) || !isRight(rows[i], start + i)));
      done += some.length;
      progress({ done, total });
    }
    return found;
  }

  const findings: Findings = {
    rows: await unsound('tracks', ids),
    prints: await unsound('prints', ids, (row, at) => fitsTrack(tracks[at], row)),
    covers: await unsound('covers', covered),
    segments: [],
  };
  for (const segment of segments) {
    const keys = Array.from({ length: segment.pageCount }, (_, page) => pageKey(segment.id, page));
    if ((await unsound('pages', keys)).length > 0) findings.segments.push(segment);
  }
  return findings;
}

/** What can be told of a track from its print alone. */
export function strayOf(id: number, print: Row): Incoming {
  const seconds = printHeader(print).frameCount / USUAL_FRAMES_PER_SECOND;
  const contentId = id.toString(16).padStart(64, '0'); // no file's: that would be a hash
  return { tags: { title: `Recovered track ${id}` }, contentId, fileName: '', seconds, learntSeconds: seconds, print };
}
