import type { PeakColumns, Peaks } from '../types.ts';

function columns(length: number): PeakColumns {
  return {
    frames: new Uint32Array(length),
    bins: new Uint16Array(length),
    levels: new Uint16Array(length),
    ranks: new Uint8Array(length),
    frameFractions: new Int8Array(length),
    binFractions: new Int8Array(length),
  };
}

const names = Object.keys(columns(0)) as (keyof PeakColumns)[];

/** Collects the peaks that the kernel writes to its memory after each block. */
export class PeakList {
  readonly #views: PeakColumns;
  #collected = columns(256);
  #count = 0;

  /** `addresses`: start of each column in the kernel's memory. */
  constructor(buffer: ArrayBuffer, addresses: Record<keyof PeakColumns, number>) {
    this.#views = {
      frames: new Uint32Array(buffer, addresses.frames),
      bins: new Uint16Array(buffer, addresses.bins),
      levels: new Uint16Array(buffer, addresses.levels),
      ranks: new Uint8Array(buffer, addresses.ranks),
      frameFractions: new Int8Array(buffer, addresses.frameFractions),
      binFractions: new Int8Array(buffer, addresses.binFractions),
    };
  }

  /** Copies the first `count` peaks out of the kernel's memory. */
  append(count: number): void {
    if (count === 0) return;
    const needed = this.#count + count;
    if (needed > this.#collected.frames.length) {
      const larger = columns(2 * needed);
      for (const name of names) larger[name].set(this.#collected[name].subarray(0, this.#count));
      this.#collected = larger;
    }
    for (const name of names) this.#collected[name].set(this.#views[name].subarray(0, count), this.#count);
    this.#count = needed;
  }

  /** Returns the collected peaks and empties the list. */
  take(): Peaks {
    const count = this.#count;
    const taken = columns(count);
    for (const name of names) taken[name].set(this.#collected[name].subarray(0, count));
    this.#count = 0;
    return { count, ...taken };
  }
}
