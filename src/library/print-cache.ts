/**
 * Prints off the shelf, unpacked. Of those asked for lately some stay in memory as they are, and more as they are kept,
 * which takes a third of the room: when all prints are gone through, again and again, they must be more than a few.
 */
import { UserError } from '../errors.ts';
import type { Print, TrackId } from '../types.ts';
import { Cache } from './index/cache.ts';
import { fitsTrack, unpackPrint } from './print.ts';
import type { TrackRow } from './row-bytes.ts';
import { isSound } from './shelf/checksum.ts';
import type { Row, Shelf } from './shelf/shelf.ts';

const UNPACKED_BYTES = 8 * 2 ** 20;
/** The prints of 75 hours of music. */
const PACKED_BYTES = 16 * 2 ** 20;
/** A peak in memory: frame 4, bin 2, level 1. */
const PEAK_BYTES = 7;
/** What a row takes beside its bytes. */
const ROW_OVERHEAD_BYTES = 200;

export class Prints {
  private readonly unpacked = new Cache<TrackId, Print>(UNPACKED_BYTES);
  private readonly rows = new Cache<TrackId, Row>(PACKED_BYTES);

  constructor(
    private readonly shelf: Shelf,
    private readonly rowOf: (track: TrackId) => TrackRow | undefined,
    private readonly damaged: (track: TrackId) => void,
  ) {}

  /** In the order asked; undefined where there is none, or a damaged one. */
  async get(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    const found = new Map(tracks.map((id) => [id, this.unpacked.get(id)]));
    const missing = tracks.filter((id) => !found.get(id));
    const rows = new Map(missing.map((id) => [id, this.rows.get(id)]));
    const unread = missing.filter((id) => !rows.get(id));
    for (const [i, row] of (unread.length ? await this.shelf.read('prints', unread) : []).entries()) {
      rows.set(unread[i], row);
      if (row) this.rows.set(unread[i], row, row.length + ROW_OVERHEAD_BYTES);
    }
    for (const id of missing) {
      const print = this.unpack(id, rows.get(id));
      found.set(id, print);
      if (print) this.unpacked.set(id, print, print.count * PEAK_BYTES);
    }
    return tracks.map((id) => found.get(id));
  }

  /** As `get`, past what is in memory. */
  async read(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    const rows = await this.shelf.read('prints', tracks);
    return rows.map((row, i) => this.unpack(tracks[i], row));
  }

  /** As they are kept. */
  async packed(tracks: TrackId[]): Promise<(Row | undefined)[]> {
    const rows = await this.shelf.read('prints', tracks);
    return rows.map((row, i) => (row && isSound(row) && this.fits(tracks[i], row) ? row : undefined));
  }

  dropCache(): void {
    this.unpacked.clear();
    this.rows.clear();
  }

  /** Rows can be exchanged, by a repair of the disk perhaps. Of a track without a row nothing is known. */
  private fits(track: TrackId, row: Row): boolean {
    const about = this.rowOf(track);
    return !about || fitsTrack(about, row);
  }

  private unpack(track: TrackId, row: Row | undefined): Print | undefined {
    try {
      if (!row) return undefined;
      if (this.fits(track, row)) return unpackPrint(row);
      this.damaged(track);
      return undefined;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.damaged(track);
      return undefined;
    }
  }
}
