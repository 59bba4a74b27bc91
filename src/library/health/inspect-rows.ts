/** Reads every row of a library once and reports the damaged ones. */
import type { Progress } from '../bundle/write-bundle.ts';
import { pageKey, type Segment } from '../index/segment.ts';
import { fitsTrack } from '../prints/print.ts';
import type { TrackRow } from '../rows/row-bytes.ts';
import { isIntact } from '../shelf/checksum.ts';
import type { Row, Shelf, Store } from '../shelf/shelf.ts';

const ROWS_AT_ONCE = 128;

/** Rows that are damaged, missing or belong to another track. */
interface RowFindings {
  /** Ids of the tracks with such a row, by store. */
  rows: number[];
  prints: number[];
  covers: number[];
  lyrics: number[];
  /** Segments with a damaged or missing page. */
  segments: Segment[];
}

export async function inspectRows(
  shelf: Shelf,
  tracks: readonly TrackRow[],
  segments: readonly Segment[],
  progress: (p: Progress) => void,
): Promise<RowFindings> {
  const ids = tracks.map(({ id }) => id);
  const covered = tracks.flatMap(({ id, hasCover }) => (hasCover ? id : []));
  const known = new Set(ids);
  const sung = (await shelf.keys('lyrics')).filter((id) => known.has(id));
  const total =
    2 * ids.length + covered.length + sung.length + segments.reduce((sum, { pageCount }) => sum + pageCount, 0);
  let done = 0;

  /** `fits` checks the content of a row whose checksum is right; `at` is the index of its key. */
  async function damagedAmong(store: Store, keys: number[], fits = (_row: Row, _at: number) => true) {
    const damaged: number[] = [];
    for (let start = 0; start < keys.length; start += ROWS_AT_ONCE) {
      const some = keys.slice(start, start + ROWS_AT_ONCE);
      const rows = await shelf.read(store, some);
      damaged.push(...some.filter((_, i) => !rows[i] || !isIntact(rows[i]) || !fits(rows[i], start + i)));
      done += some.length;
      progress({ done, total });
    }
    return damaged;
  }

  const findings: RowFindings = {
    rows: await damagedAmong('tracks', ids),
    prints: await damagedAmong('prints', ids, (row, at) => fitsTrack(tracks[at], row)),
    covers: await damagedAmong('covers', covered),
    lyrics: await damagedAmong('lyrics', sung),
    segments: [],
  };
  for (const segment of segments) {
    const keys = Array.from({ length: segment.pageCount }, (_, page) => pageKey(segment.id, page));
    const fits = (row: Row, number: number) => segment.pageIn(row, number) !== undefined;
    if ((await damagedAmong('pages', keys, fits)).length > 0) findings.segments.push(segment);
  }
  return findings;
}
