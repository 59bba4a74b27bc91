import { UserError } from '../errors.ts';

/** Counts the calls under way, so that closing can wait for them and refuse whatever comes later. */
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

  /** Refuses all calls from now on; resolves when the last one under way has ended. False if it was closed before. */
  async close(): Promise<boolean> {
    if (this.isClosed) return false;
    this.isClosed = true;
    if (this.underWay > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    return true;
  }
}
