/** Bounded waits for decoders: they are not ours, and a damaged file may make one hang. */
import { UserError } from '../errors.ts';

/** A decoder that gives nothing for so long is stuck. */
export const PATIENCE_SECONDS = 30;

/** Time is counted in intervals of a timer, not by the clock, which runs on while a computer sleeps. */
const INTERVALS = 6;

/** Calls `stalled`, once, when `alive` was not called for so long. */
export class StallTimer {
  readonly #timer: ReturnType<typeof setInterval>;
  #passed = 0;

  constructor(seconds: number, stalled: () => void) {
    const count = () => {
      if (++this.#passed < INTERVALS) return;
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

const stuck = (): Error => new UserError('FileDamaged', 'The file is damaged: decoding it does not come to an end.');

/** The same, or a rejection after so many seconds. What is still being done then is not stopped. */
export async function inTime<T>(work: Promise<T>, seconds = PATIENCE_SECONDS, fault = stuck): Promise<T> {
  let timer: StallTimer | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = new StallTimer(seconds, () => reject(fault()));
  });
  return Promise.race([work, stalled]).finally(() => timer?.stop());
}

/** The same parts, none of which is waited for longer. Time in which nobody asks for one does not count. */
export async function* patiently<T>(
  source: AsyncIterable<T>,
  seconds = PATIENCE_SECONDS,
  fault = stuck,
): AsyncGenerator<T, void> {
  const parts = source[Symbol.asyncIterator]();
  let isStuck = false;
  try {
    for (;;) {
      isStuck = true;
      const { value, done } = await inTime(parts.next(), seconds, fault);
      isStuck = false;
      if (done) return;
      yield value;
    }
  } finally {
    // A generator that hangs would never answer.
    const ending = parts.return?.();
    if (!isStuck) await ending;
    else ending?.catch(() => {});
  }
}
