/**
 * Makes room at the end of the tape. Removed tracks leave gaps that new tracks do not fill. After years of adding and removing, the
 * end may therefore be reached although there is room.
 */
import type { Contents } from '../contents.ts';
import { packJson, type State } from '../rows/row-bytes.ts';
import { type Change, without } from '../shelf/shelf.ts';
import type { Writer } from '../writer.ts';

/**
 * Moves all tracks to the start of the tape without gaps, in one batch. The index is dropped, because it refers to the old places,
 * and rebuilt in the background. Call within `Writer.exclusive`.
 */
export async function compactTape(contents: Contents, writer: Writer): Promise<void> {
  const { gapFrames, tracks } = contents;
  let nextTapeStart = gapFrames;
  const moved = tracks.tape.rows().map((row) => {
    const tapeStart = nextTapeStart;
    nextTapeStart += row.frameCount + gapFrames;
    return { ...row, tapeStart };
  });
  const packed = moved.map(packJson);
  const rows = packed.map((row, i): Change => ({ store: 'tracks', key: moved[i].id, row }));
  const { changes, advance } = voidIndex(contents);
  await writer.commit([...rows, ...changes], { ...advance, nextTapeStart });
  for (const [i, row] of moved.entries()) tracks.put(row, packed[i].length);
  await contents.resetIndex([]);
}

/** The changes that delete the index, for a batch that moves or replaces all tracks. Call `resetIndex([])` afterwards. */
export function voidIndex({ state, index }: Contents): { changes: Change[]; advance: Partial<State> } {
  const { tape = 0, leftovers } = state;
  const gone = [...index.segments.map(({ id }) => id), ...index.unusable];
  return {
    changes: gone.map((id) => without('segments', id)),
    advance: { tape: tape + 1, leftovers: [...leftovers, ...gone] },
  };
}
