/** Lets background work wait for a moment without queries. A query that had to wait for its writes would take seconds. */
import { pause } from './background.ts';

/** Background work goes on when there was no query for `QUIET_MS`, or when it has waited for `LONGEST_WAIT_MS`. */
const QUIET_MS = 50;
const LONGEST_WAIT_MS = 1000;

export class Quiet {
  private queries = 0;
  private lastQueryAt = -Infinity;

  /** Runs a part of a query. A search has many, a few milliseconds apart. */
  async during<T>(part: () => Promise<T>): Promise<T> {
    this.queries++;
    try {
      return await part();
    } finally {
      this.queries--;
      this.lastQueryAt = performance.now();
    }
  }

  /** Call between pieces of background work. */
  async wait(): Promise<void> {
    await pause();
    for (let waited = 0; waited < LONGEST_WAIT_MS && this.isAsked; waited += QUIET_MS) {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  }

  private get isAsked(): boolean {
    return this.queries > 0 || performance.now() - this.lastQueryAt < QUIET_MS;
  }
}
