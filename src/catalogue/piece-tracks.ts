/** Reads the tracks of a piece. */
import { UserError } from '../errors.ts';
import { KERNEL_FORMAT } from '../kernel/format.ts';
import { readBundle } from '../library/bundle/read-bundle.ts';
import type { Incoming } from '../library/tracks/new-rows.ts';
import type { CataloguePiece } from './manifest.ts';

/** What a track's row says of its piece. */
export const mark = (sha256: string) => sha256.slice(0, 16);

export const damagedPiece = () =>
  new UserError(
    'CatalogueDamaged',
    'A piece of the catalogue is damaged: it is not what its list says. It was not taken.',
  );

/** The tracks of a piece that count. Throws if it does not hold what the manifest says. */
export async function tracksOf(piece: CataloguePiece, bundle: Blob, catalogue: number): Promise<Incoming[]> {
  const gone = new Set(piece.without);
  const tracks: Incoming[] = [];
  let count = 0;
  for await (const track of readBundle(bundle, KERNEL_FORMAT)) {
    if (++count > piece.tracks) throw damagedPiece();
    if (!gone.delete(track.contentId)) tracks.push({ ...track, catalogue, piece: mark(piece.sha256) });
  }
  if (count !== piece.tracks || gone.size > 0) throw damagedPiece();
  return tracks;
}
