/**
 * Decides what the index needs next; `upkeep.ts` does it. The rules are those of an LSM tree: when there are `sealPostings` newest
 * postings, they become a segment; neighbouring segments are merged to keep their number low (`choose-merge.ts`); segments that are
 * mostly dead are rewritten.
 */
import type { State, TrackRow } from '../rows/row-bytes.ts';
import type { Tape } from '../tracks/tape.ts';
import { segmentsToMerge } from './choose-merge.ts';
import type { Segment } from './segment.ts';
import type { TapeIndex } from './tape-index.ts';
import { expectedPostings } from './track-postings.ts';

export type UpkeepTask =
  /** Delete the pages of a segment that has no row. */
  | { kind: 'clear'; segmentId: number }
  /** Delete unusable segment rows. */
  | { kind: 'discard' }
  /** Make a segment of each chunk of tracks, from their prints; these replace `replaced`. */
  | { kind: 'rebuild'; chunks: TrackRow[][]; replaced: readonly Segment[] }
  /** Make a segment of the newest postings. */
  | { kind: 'seal' }
  /** Merge segments into one, without dead postings. */
  | { kind: 'merge'; segments: readonly Segment[] };

/** A segment is rewritten when less than this share of it is live. */
const LEAST_LIVING = 0.5;

export function dueTask(
  index: TapeIndex,
  tape: Tape,
  { leftovers }: Pick<State, 'leftovers'>,
  sealPostings: number,
): UpkeepTask | undefined {
  const { segments, firstDamaged } = index;
  if (leftovers.length > 0) return { kind: 'clear', segmentId: leftovers[0] };
  if (index.unusable.length > 0) return { kind: 'discard' };
  if (firstDamaged) {
    const { tapeStart, tapeEnd } = firstDamaged.header;
    const chunks = [...chunksOf(tape.rows(tapeStart, tapeEnd), sealPostings)];
    return { kind: 'rebuild', chunks, replaced: [firstDamaged] };
  }
  const pending = pendingChunk(index, tape, sealPostings);
  if (pending) return { kind: 'rebuild', chunks: [pending], replaced: [] };
  if (index.newestCount >= sealPostings) return { kind: 'seal' };
  const mergeable = segmentsToMerge(segments);
  if (mergeable) return { kind: 'merge', segments: mergeable };
  const dying = segments.find(
    ({ header: { tapeStart, tapeEnd, frameCount } }) => tape.frameCount(tapeStart, tapeEnd) < frameCount * LEAST_LIVING,
  );
  return dying && { kind: 'merge', segments: [dying] };
}

/** The first tracks that are neither in a segment nor in memory, up to the size of a segment. */
function pendingChunk(index: TapeIndex, tape: Tape, sealPostings: number): TrackRow[] | undefined {
  let from = 0;
  const behindAll = { tapeStart: Infinity, tapeEnd: Infinity };
  for (const { tapeStart, tapeEnd } of [...index.segments.map(({ header }) => header), behindAll]) {
    const below = Math.min(tapeStart, index.newestStart);
    const [chunk] = below > from ? chunksOf(tape.rows(from, below), sealPostings) : [];
    if (chunk) return chunk;
    from = tapeEnd;
  }
  return undefined;
}

/** Splits tracks into chunks about twice as large as a new segment. Larger ones need fewer merges, but more memory. */
function* chunksOf(rows: readonly TrackRow[], sealPostings: number): Generator<TrackRow[]> {
  let chunk: TrackRow[] = [];
  let postings = 0;
  for (const row of rows) {
    const more = expectedPostings(row);
    if (chunk.length > 0 && postings + more > 2 * sealPostings) {
      yield chunk;
      [chunk, postings] = [[], 0];
    }
    chunk.push(row);
    postings += more;
  }
  if (chunk.length > 0) yield chunk;
}
