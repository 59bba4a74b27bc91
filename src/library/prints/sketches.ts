/**
 * Sketches: of every track what a search of the whole library compares (`match/sketch/sketch.ts`), 16 bytes a second. Once read they stay
 * in memory, because every such search needs all of them. They follow from the prints: one that is missing or damaged on the
 * shelf is made again from its print, and written by `repair`.
 */
import type { Print, Sketch, TrackId } from '../../types.ts';
import { isIntact, writeChecksum } from '../shelf/checksum.ts';
import type { Change, Row, Shelf } from '../shelf/shelf.ts';

/** Version of a row; raise it when sketches change, and all are made again. */
const SKETCH_VERSION = 1;
const HEADER_BYTES = 2;
const ROWS_PER_BATCH = 64;
const CHECKSUM_BYTES = 4;

export class Sketches {
  private readonly sketches = new Map<TrackId, Sketch>();
  /** Tracks whose row has to be written. */
  private readonly unwritten = new Set<TrackId>();

  constructor(
    private readonly shelf: Shelf,
    private readonly readPrints: (tracks: TrackId[]) => Promise<(Print | undefined)[]>,
    readonly sketchOf: (print: Print) => Sketch,
  ) {}

  put(id: TrackId, sketch: Sketch): void {
    this.sketches.set(id, sketch);
  }

  forget(ids: Iterable<TrackId>): void {
    for (const id of ids) {
      this.sketches.delete(id);
      this.unwritten.delete(id);
    }
  }

  clear(): void {
    this.forget([...this.sketches.keys()]);
  }

  /** In the order asked; undefined for a track whose print is missing or damaged. */
  async get(ids: readonly TrackId[]): Promise<(Sketch | undefined)[]> {
    const missing = ids.filter((id) => !this.sketches.has(id));
    if (missing.length > 0) await this.read(missing);
    return ids.map((id) => this.sketches.get(id));
  }

  get areRepairsDue(): boolean {
    return this.unwritten.size > 0;
  }

  /** Changes that write some of the rows found missing or damaged. */
  repairs(): Change[] {
    const ids = [...this.unwritten].slice(0, ROWS_PER_BATCH);
    for (const id of ids) this.unwritten.delete(id);
    return ids.flatMap((id) => {
      const sketch = this.sketches.get(id);
      return sketch ? [changeOf(id, sketch)] : [];
    });
  }

  private async read(ids: TrackId[]): Promise<void> {
    const rows = await this.rowsOf(ids);
    const without = ids.filter((id) => !this.unpack(id, rows.get(id)));
    if (without.length === 0) return;
    for (const [i, print] of (await this.readPrints(without)).entries()) {
      if (!print) continue;
      this.put(without[i], this.sketchOf(print));
      this.unwritten.add(without[i]);
    }
  }

  /** Consecutive rows are read faster together than one by one. */
  private async rowsOf(ids: TrackId[]): Promise<Map<TrackId, Row | undefined>> {
    const first = ids.reduce((least, id) => Math.min(least, id), Infinity);
    const last = ids.reduce((most, id) => Math.max(most, id), 0);
    if (last - first < 2 * ids.length) return new Map(await this.shelf.list('sketches', first, last + 1));
    const rows = await this.shelf.read('sketches', ids);
    return new Map(ids.map((id, i) => [id, rows[i]]));
  }

  private unpack(id: TrackId, row: Row | undefined): boolean {
    if (!row || row.length < HEADER_BYTES + CHECKSUM_BYTES || row[0] !== SKETCH_VERSION || !isIntact(row)) return false;
    this.put(id, new Uint16Array(row.slice(HEADER_BYTES, row.length - CHECKSUM_BYTES).buffer));
    return true;
  }
}

export function changeOf(id: TrackId, sketch: Sketch): Change {
  const row = new Uint8Array(HEADER_BYTES + sketch.byteLength + CHECKSUM_BYTES);
  row[0] = SKETCH_VERSION;
  row.set(new Uint8Array(sketch.buffer, sketch.byteOffset, sketch.byteLength), HEADER_BYTES);
  return { store: 'sketches', key: id, row: writeChecksum(row) };
}
