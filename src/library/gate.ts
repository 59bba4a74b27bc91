import { UserError } from '../errors.ts';

/** Counts running calls, so that closing can wait for them and refuse new ones. */
export class Gate {
  private underWay = 0;
  private isClosed = false;
  private idle: () => void = () => {};

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isClosed) throw new UserError('LibraryClosed', 'The library was closed.');
    this.underWay++;
    try {
      return await work();
    } finally {
      if (--this.underWay === 0) this.idle();
    }
  }

  /** Refuses further calls; resolves when the running ones have ended. False if it was already closed. */
  async close(): Promise<boolean> {
    if (this.isClosed) return false;
    this.isClosed = true;
    if (this.underWay > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    return true;
  }
}
