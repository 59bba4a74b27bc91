/** Background work: one step after another, as long as there is something to do. */
import { UserError } from '../errors.ts';

/** Lets waiting tasks run first. */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

export class Background {
  /** The error that stopped the work, until a later run finishes it. */
  trouble: string | undefined;
  private running: Promise<void> | undefined;
  private isDue = false;
  private isStopped = false;

  /** `step` does one thing and returns whether more may be due. */
  constructor(private readonly step: () => Promise<boolean>) {}

  wake(): void {
    this.isDue = true;
    if (this.isStopped) return;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.isDue) this.wake(); // woken after the last step
    });
  }

  /** Resolves when nothing is left to do. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Finishes the current step, and starts no other. */
  stop(): Promise<void> {
    this.isStopped = true;
    return this.settled();
  }

  private async run(): Promise<void> {
    try {
      while (this.isDue && !this.isStopped) {
        this.isDue = false;
        if (await this.step()) this.isDue = true;
      }
      this.trouble = undefined;
    } catch (error) {
      // Nobody awaits this work; the library's status shows the trouble.
      console.error(error instanceof UserError ? error.message : error);
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }
}
