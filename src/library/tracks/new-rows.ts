/** Makes the rows of a new track and places it at the end of the tape. */
import { UserError } from '../../errors.ts';
import type { Learnt, Print, Sketch } from '../../types.ts';
import { unpackNewPrint } from '../prints/print.ts';
import { changeOf, type Sketches } from '../prints/sketches.ts';
import { packCover, packJson, packText, type State, type TrackRow } from '../rows/row-bytes.ts';
import type { Change } from '../shelf/shelf.ts';

/** Positions on the tape are 32-bit integers. */
export const TAPE_END = 2 ** 32 - 1;

/** A track to be added: learnt here, or read from a bundle. */
export interface Incoming extends Learnt {
  /** Time of the first adding, in milliseconds since 1970. Default: now. */
  added?: number;
  enabled?: boolean;
  /** The catalogue and its piece that it comes with. */
  catalogue?: number;
  piece?: string;
}

/** The fields of the state that every new track advances. */
export type Counters = Pick<State, 'nextTrack' | 'nextTapeStart'>;

export interface NewRows {
  row: TrackRow;
  /** Size of `row` on the shelf. */
  rowBytes: number;
  print: Print;
  sketch: Sketch;
  changes: Change[];
  /** The counters after this track. */
  counters: Counters;
}

/** What the rows depend on besides the track: both are fixed for a library. */
interface Room {
  gapFrames: number;
  sketches: Sketches;
}

export async function newRows(incoming: Incoming, at: Counters, { gapFrames, sketches }: Room): Promise<NewRows> {
  const { tags, contentId, fileName, seconds, learntSeconds, added = Date.now(), enabled = true } = incoming;
  const { catalogue, piece } = incoming;
  const { nextTrack: id, nextTapeStart: tapeStart } = at;
  const print = unpackNewPrint(incoming.print);
  const sketch = sketches.sketchOf(print);
  const cover = incoming.cover && (await packCover(incoming.cover));
  const nextTapeStart = tapeStart + print.frameCount + gapFrames;
  if (nextTapeStart > TAPE_END) {
    throw new UserError(
      'StorageFull',
      'The library is full: it can hold 27,000 hours of music. Remove tracks to make room.',
    );
  }
  const row: TrackRow = {
    ...tags,
    ...{ id, contentId, fileName, seconds, learntSeconds, added, enabled },
    peakCount: print.count,
    hasCover: cover !== undefined,
    tapeStart,
    frameCount: print.frameCount,
    printBytes: incoming.print.length,
    coverBytes: cover?.length ?? 0,
    ...(catalogue !== undefined && { catalogue, piece }),
  };
  const packed = packJson(row);
  const changes: Change[] = [
    { store: 'tracks', key: id, row: packed },
    { store: 'prints', key: id, row: Uint8Array.from(incoming.print) },
    changeOf(id, sketch),
  ];
  if (cover) changes.push({ store: 'covers', key: id, row: cover });
  if (incoming.lyrics) changes.push({ store: 'lyrics', key: id, row: packText(incoming.lyrics) });
  return { row, rowBytes: packed.length, print, sketch, changes, counters: { nextTrack: id + 1, nextTapeStart } };
}
