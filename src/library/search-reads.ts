/**
 * What searches read of a library: postings, prints and sketches. Background work waits meanwhile. Damage that is found here is noted
 * for repair.
 */
import type { Postings, Print, TrackId } from '../types.ts';
import type { Contents } from './contents.ts';
import type { Gate } from './gate.ts';
import type { Writer } from './writer.ts';

/** Sketches read at once in the background: in IndexedDB this takes some 12 ms, which a search may have to wait. */
const READ_AHEAD = 128;

export class SearchReads {
  constructor(
    private readonly contents: Contents,
    private readonly writer: Writer,
    private readonly gate: Gate,
    /** Called when there is something to repair. */
    private readonly repair: () => void,
  ) {}

  lookup(hashes: Uint32Array): Promise<Postings> {
    return this.query(() => this.lookUp(hashes));
  }

  prints(tracks: TrackId[]): Promise<(Print | undefined)[]> {
    return this.query(() => this.contents.prints.get(tracks));
  }

  /** In the order asked; undefined where the print is missing or damaged. */
  sketches(tracks: TrackId[]): Promise<(Uint16Array | undefined)[]> {
    return this.query(async () => {
      const { sketches } = this.contents;
      const found = await sketches.get(tracks);
      if (sketches.areRepairsDue) this.repair();
      return found;
    });
  }

  /** Reads all sketches. Between batches it waits for searches. */
  async readAhead(): Promise<void> {
    const { sketches, quiet } = this.contents;
    const tracks = [...this.contents.tracks.tape.stretches().tracks];
    for (let from = 0; from < tracks.length; from += READ_AHEAD) {
      await quiet.wait();
      await this.gate.run(() => sketches.get(tracks.slice(from, from + READ_AHEAD)));
    }
    if (sketches.areRepairsDue) this.repair();
  }

  /** Drops all caches of stored data. */
  dropCaches(): void {
    this.contents.prints.dropCache();
    this.contents.sketches.clear();
    this.contents.pages.clear();
  }

  private query<T>(part: () => Promise<T>): Promise<T> {
    return this.gate.run(() => this.contents.quiet.during(part));
  }

  private async lookUp(hashes: Uint32Array): Promise<Postings> {
    const { index } = this.contents;
    const { segments } = index;
    const { postings, damaged } = await index.lookup(hashes);
    if (damaged.size === 0) return postings;
    await this.writer.catchUp(); // perhaps another tab replaced the segment and deleted its pages
    if (index.segments !== segments) return this.lookUp(hashes);
    index.markDamaged(damaged);
    this.repair();
    return postings;
  }
}
