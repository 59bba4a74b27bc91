/**
 * Reads prints from the shelf through two caches: one for a few unpacked prints, one for many more packed ones, which take a third
 * of the memory. The packed cache must be large: every scan reads all prints of the library in the same order, and an LRU cache
 * that is only a little too small would then miss every time.
 */
import { UserError } from '../../errors.ts';
import type { Print, TrackId } from '../../types.ts';
import { LruCache } from '../index/pages/lru-cache.ts';
import type { TrackRow } from '../rows/row-bytes.ts';
import { isIntact } from '../shelf/checksum.ts';
import type { Row, Shelf } from '../shelf/shelf.ts';
import { fitsTrack, unpackPrint } from './print.ts';

const UNPACKED_BYTES = 8 * 2 ** 20;
/** The prints of 75 hours of music. */
const PACKED_BYTES = 16 * 2 ** 20;
/** Bytes per unpacked peak: frame 4, bin 2, level 1. */
const PEAK_BYTES = 7;
/** Memory overhead per row. */
const ROW_OVERHEAD_BYTES = 200;

export class PrintCache {
  private readonly unpacked = new LruCache<TrackId, Print>(UNPACKED_BYTES);
  private readonly rows = new LruCache<TrackId, Row>(PACKED_BYTES);

  /** `onDamaged` is called for every requested print that is damaged or belongs to another track. */
  constructor(
    private readonly shelf: Shelf,
    private readonly rowOf: (track: TrackId) => TrackRow | undefined,
    private readonly onDamaged: (track: TrackId) => void,
  ) {}

  /** Prints in the order of the ids; a missing or damaged one is undefined. */
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

  /** Like `get`, but neither uses nor fills the caches. */
  async readUncached(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    const rows = await this.shelf.read('prints', tracks);
    return rows.map((row, i) => this.unpack(tracks[i], row));
  }

  /** Prints as stored; a missing or damaged one is undefined. */
  async readPacked(tracks: TrackId[]): Promise<(Row | undefined)[]> {
    const rows = await this.shelf.read('prints', tracks);
    return rows.map((row, i) => (row && isIntact(row) && this.fits(tracks[i], row) ? row : undefined));
  }

  dropCache(): void {
    this.unpacked.clear();
    this.rows.clear();
  }

  /** False for another track's print: a file system repair may have exchanged rows. Without a track row, any print is accepted. */
  private fits(track: TrackId, print: Row): boolean {
    const row = this.rowOf(track);
    return !row || fitsTrack(row, print);
  }

  private unpack(track: TrackId, row: Row | undefined): Print | undefined {
    try {
      if (!row) return undefined;
      if (this.fits(track, row)) return unpackPrint(row);
      this.onDamaged(track);
      return undefined;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.onDamaged(track);
      return undefined;
    }
  }
}
