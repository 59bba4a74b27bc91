/** Prints off the shelf, unpacked; those asked for lately stay in memory. */
import { UserError } from '../errors.ts';
import type { Print, TrackId } from '../types.ts';
import { Cache } from './cache.ts';
import { isSound } from './checksum.ts';
import { unpackPrint } from './print.ts';
import type { Row, Shelf } from './shelf.ts';

const CACHE_BYTES = 16 * 2 ** 20;
/** A peak in memory: frame 4, bin 2, strength 1. */
const PEAK_BYTES = 7;

export class Prints {
  private readonly cache = new Cache<TrackId, Print>(CACHE_BYTES);

  constructor(
    private readonly shelf: Shelf,
    private readonly damaged: (track: TrackId) => void,
  ) {}

  /** In the order asked; undefined where there is none, or a damaged one. */
  async get(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    const found = new Map(tracks.map((id) => [id, this.cache.get(id)]));
    const missing = tracks.filter((id) => !found.get(id));
    for (const [i, print] of (await this.read(missing)).entries()) {
      found.set(missing[i], print);
      if (print) this.cache.set(missing[i], print, print.count * PEAK_BYTES);
    }
    return tracks.map((id) => found.get(id));
  }

  /** As `get`, past the cache. */
  async read(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    const rows = await this.shelf.read('prints', tracks);
    return rows.map((row, i) => {
      try {
        return row && unpackPrint(row);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        this.damaged(tracks[i]);
        return undefined;
      }
    });
  }

  /** As they are kept. */
  async packed(tracks: TrackId[]): Promise<(Row | undefined)[]> {
    const rows = await this.shelf.read('prints', tracks);
    return rows.map((row) => (row && isSound(row) ? row : undefined));
  }

  dropCache(): void {
    this.cache.clear();
  }
}
