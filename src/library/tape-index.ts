/**
 * Where landmarks occur on the tape: every track lies on a stretch of one long tape, and `position = start of the
 * stretch + frame`. The newest tracks' postings are in the head, all others in segments on the shelf.
 */
import { Head } from './head.ts';
import { Growing, type Run } from './run.ts';

/** Those of `hashes[i]` are `positions[starts[i]..starts[i + 1]]`. */
export interface Postings {
  starts: Uint32Array;
  positions: Uint32Array;
}

export class TapeIndex {
  private readonly head = new Head();

  get postingCount(): number {
    return this.head.postingCount;
  }

  add(run: Run): void {
    this.head.add(run);
  }

  async counts(hashes: Uint32Array): Promise<Uint32Array> {
    return hashes.map((hash) => this.head.count(hash));
  }

  async lookup(hashes: Uint32Array): Promise<Postings> {
    const starts = new Uint32Array(hashes.length + 1);
    const found = new Growing();
    for (let i = 0; i < hashes.length; i++) {
      this.head.find(hashes[i], found);
      starts[i + 1] = found.length;
    }
    return { starts, positions: found.taken() };
  }
}
