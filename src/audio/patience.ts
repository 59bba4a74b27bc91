/** Bounded waits for decoders: they are not ours, and a damaged file may make one hang. */
import { UserError } from '../errors.ts';

/** A decoder that gives nothing for so long is stuck. */
export const PATIENCE_SECONDS = 30;

/** Time is counted in intervals of a timer, not by the clock, which runs on while a computer sleeps. */
const INTERVALS = 6;

/** Calls `stalled`, once, when `alive` was not called for so long. Time in which it is held does not count. */
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
  /** What is thrown when it is over. */
  fault?: () => Error;
  /** Called now and then while something is waited for. */
  waiting?: () => void;
}

const stuck = (): Error => new UserError('FileDamaged', 'The file is damaged: decoding it does not come to an end.');

/** The same, or a rejection when patience is over. What is still being done then is not stopped. */
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

/** The same parts, none of which is waited for longer. Time in which nobody asks for one does not count. */
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
    // A generator that hangs would never answer.
    const ending = parts.return?.();
    if (isWaiting) ending?.catch(() => {});
    else await ending;
  }
}
