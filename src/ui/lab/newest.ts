/** Runs one piece of work at a time. New work cancels the current one; of those that wait, only the newest is run. */
export class Newest {
  private current: AbortController | undefined;
  private waiting: ((signal: AbortSignal) => Promise<void>) | undefined;

  run(work: (signal: AbortSignal) => Promise<void>): void {
    this.waiting = work;
    if (this.current) this.current.abort();
    else void this.next();
  }

  /** Cancels everything. */
  stop(): void {
    this.waiting = undefined;
    this.current?.abort();
  }

  private async next(): Promise<void> {
    while (this.waiting) {
      const work = this.waiting;
      this.current = new AbortController();
      this.waiting = undefined;
      await work(this.current.signal);
    }
    this.current = undefined;
  }
}
