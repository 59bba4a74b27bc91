/**
 * Reads the library's state: the row that says which other rows are valid. Every change rewrites it in the same batch, so one small
 * write makes thousands of rows valid at once.
 */
import { UserError } from '../../errors.ts';
import { segmentOfPage } from '../index/segment.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { ROWS_VERSION, type State } from './row-bytes.ts';
import { MOST_ID, unpackState, unpackTrackRow } from './row-checks.ts';

export const STATE_KEY = 0;

export function emptyState(gapFrames: number): State {
  return {
    version: ROWS_VERSION,
    generation: 0,
    firstTrack: 1,
    nextTrack: 1,
    nextTapeStart: gapFrames,
    nextSegment: 1,
    leftovers: [],
  };
}

/** The stored state. If its row is missing or damaged: `previous`, updated from the other rows. */
export async function readState(shelf: Shelf, previous: State, gapFrames: number): Promise<State> {
  const [row] = await shelf.read('state', [STATE_KEY]);
  const state = (row && unpackState(row)) ?? (await recoveredState(shelf, previous, gapFrames));
  if (state.version > ROWS_VERSION) {
    throw new UserError('LibraryNewer', 'A newer version of Entendu wrote this library. Reload the page.');
  }
  return state;
}

/**
 * Treats every existing row as valid. This may include rows of an interrupted import, but never deletes a good row as a leftover.
 */
async function recoveredState(shelf: Shelf, previous: State, gapFrames: number): Promise<State> {
  const rows = await shelf.list('tracks');
  const tracks = rows.flatMap(([id, row]) => unpackTrackRow(id, row) ?? []);
  const ids = [...rows.map(([id]) => id), ...(await shelf.keys('prints')), ...(await shelf.keys('covers'))];
  const segments = [...(await shelf.keys('segments')), ...(await shelf.keys('pages')).map(segmentOfPage)];
  return {
    ...previous,
    firstTrack: 1,
    nextTrack: nextAfter(ids),
    nextTapeStart: tracks.reduce(
      (next, { tapeStart, frameCount }) => Math.max(next, tapeStart + frameCount + gapFrames),
      gapFrames,
    ),
    nextSegment: nextAfter(segments),
  };
}

const nextAfter = (ids: readonly number[]) =>
  ids.reduce((next, id) => (id < MOST_ID ? Math.max(next, id + 1) : next), 1);
