import type { Peaks } from '../types.ts';

type Columns = Omit<Peaks, 'count'>;

/** Allocates columns for so many peaks; or views them in `buffer`. */
function columns(length: number): Columns {
  return {
    frames: new Uint32Array(length),
    bins: new Uint16Array(length),
    levels: new Uint16Array(length),
    ranks: new Uint8Array(length),
    frameFractions: new Int8Array(length),
    binFractions: new Int8Array(length),
  };
}

const names = Object.keys(columns(0)) as (keyof Columns)[];

/** Gathers the peaks that the kernel leaves in its memory, block after block. */
export class PeakList {
  readonly #views: Columns;
  #gathered = columns(256);
  #count = 0;

  /** `addresses`: where each column begins in the kernel's memory. */
  constructor(buffer: ArrayBuffer, addresses: Record<keyof Columns, number>) {
    this.#views = {
      frames: new Uint32Array(buffer, addresses.frames),
      bins: new Uint16Array(buffer, addresses.bins),
      levels: new Uint16Array(buffer, addresses.levels),
      ranks: new Uint8Array(buffer, addresses.ranks),
      frameFractions: new Int8Array(buffer, addresses.frameFractions),
      binFractions: new Int8Array(buffer, addresses.binFractions),
    };
  }

  append(count: number): void {
    if (count === 0) return;
    const needed = this.#count + count;
    if (needed > this.#gathered.frames.length) {
      const larger = columns(2 * needed);
      for (const name of names) larger[name].set(this.#gathered[name].subarray(0, this.#count));
      this.#gathered = larger;
    }
    for (const name of names) this.#gathered[name].set(this.#views[name].subarray(0, count), this.#count);
    this.#count = needed;
  }

  /** What was gathered, which is then forgotten here. */
  take(): Peaks {
    const count = this.#count;
    const taken = columns(count);
    for (const name of names) taken[name].set(this.#gathered[name].subarray(0, count));
    this.#count = 0;
    return { count, ...taken };
  }
}
