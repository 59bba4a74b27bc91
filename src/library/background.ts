/** Runs background work step by step until nothing is left to do. */
import { UserError } from '../errors.ts';

/** Lets other waiting tasks run first. */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

export class Background {
  /** The error that stopped the work; cleared when a later run succeeds. */
  trouble: string | undefined;
  private running: Promise<void> | undefined;
  private isDue = false;
  private isStopped = false;

  /** `step` does one task and returns whether more may be due. */
  constructor(private readonly step: () => Promise<boolean>) {}

  wake(): void {
    this.isDue = true;
    if (this.isStopped) return;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.isDue) this.wake(); // `wake` was called during the last step
    });
  }

  /** Resolves when no work is left. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Stops after the current step. */
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
      // No caller awaits this work; the error is shown in the library's status.
      console.error(error instanceof UserError ? error.message : error);
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }
}
