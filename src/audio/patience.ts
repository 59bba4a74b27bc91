/** Bounded waits for decoders: a damaged file may make one hang. */
import { UserError } from '../errors.ts';

/** A decoder without output for this long is stuck. */
export const PATIENCE_SECONDS = 30;

/** Time is counted in intervals of a timer, not by the clock, which runs on while a computer sleeps. */
const INTERVALS = 6;

/** Calls `stalled`, once, when `alive` was not called for this long. Time during which `isHeld` is true does not count. */
export class StallTimer {
  readonly #timer: ReturnType<typeof setInterval>;
  #passed = 0;

  constructor(seconds: number, stalled: () => void, isHeld: () => boolean = () => false) {
    const count = () => {
      this.#passed = isHeld() ? 0 : this.#passed + 1;
      if (this.#passed < INTERVALS) return;
      this.stop();
      stalled();
    };
    this.#timer = setInterval(count, (1000 * seconds) / INTERVALS);
  }

  alive(): void {
    this.#passed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export interface Patience {
  seconds?: number;
  /** Thrown when the time is over. */
  fault?: () => Error;
  /** Called now and then during the wait. */
  waiting?: () => void;
}

const stuck = (): Error => new UserError('FileDamaged', 'The file is damaged: decoding it does not come to an end.');

/** Settles like `work`, or rejects when the time is over; the work itself is not stopped. */
export async function inTime<T>(work: Promise<T>, patience: Patience = {}): Promise<T> {
  const { seconds = PATIENCE_SECONDS, fault = stuck, waiting } = patience;
  let timer: StallTimer | undefined;
  const stalled = new Promise<never>((_, reject) => {
    const wait = () => {
      waiting?.();
      return false;
    };
    timer = new StallTimer(seconds, () => reject(fault()), wait);
  });
  return Promise.race([work, stalled]).finally(() => timer?.stop());
}

/** Yields the same parts, waiting for each no longer than this. Time spent by the consumer does not count. */
export async function* patiently<T>(source: AsyncIterable<T>, patience?: Patience): AsyncGenerator<T, void> {
  const parts = source[Symbol.asyncIterator]();
  let isWaiting = false;
  try {
    for (;;) {
      isWaiting = true;
      const { value, done } = await inTime(parts.next(), patience);
      isWaiting = false;
      if (done) return;
      yield value;
    }
  } finally {
    // A generator that hangs would never return.
    const ending = parts.return?.();
    if (isWaiting) ending?.catch(() => {});
    else await ending;
  }
}
