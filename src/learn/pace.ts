/** Estimates how long the queue still takes, from the bytes learnt so far. */

/** Before this an estimate would be a guess. */
const LEAST_SECONDS = 2;

export class Pace {
  readonly #sizes = new Map<number, { bytes: number; share: number }>();
  readonly #now: () => number;
  #workedMs = 0;
  #since: number | undefined;

  /** `now`: a clock, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  expect(id: number, bytes: number): void {
    this.#sizes.set(id, { bytes, share: 0 });
    this.#since ??= this.#now();
  }

  reach(id: number, share: number): void {
    const size = this.#sizes.get(id);
    if (size) size.share = Math.max(size.share, share);
  }

  pause(isPaused: boolean): void {
    if (this.#since !== undefined) this.#workedMs += this.#now() - this.#since;
    this.#since = isPaused ? undefined : this.#now();
  }

  /** Everything is done: timing starts again with the next files. */
  rest(): void {
    this.#sizes.clear();
    this.#workedMs = 0;
    this.#since = undefined;
  }

  /** Seconds; undefined while it would be a guess. */
  secondsLeft(): number | undefined {
    const seconds = (this.#workedMs + (this.#since === undefined ? 0 : this.#now() - this.#since)) / 1000;
    let done = 0;
    let left = 0;
    for (const { bytes, share } of this.#sizes.values()) {
      done += bytes * share;
      left += bytes * (1 - share);
    }
    return seconds >= LEAST_SECONDS && done > 0 && left > 0 ? (left * seconds) / done : undefined;
  }
}
