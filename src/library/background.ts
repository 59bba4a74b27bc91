import { UserError } from '../errors.ts';

/** Work behind the scenes: step after step, as long as there is something to do. */
export class Background {
  /** Why it stopped before all was done; it goes on when it is woken. */
  trouble: string | undefined;
  private running: Promise<void> | undefined;
  private isDue = false;
  private isStopped = false;

  /** `step` does one thing, and tells whether there may be more to do. */
  constructor(private readonly step: () => Promise<boolean>) {}

  wake(): void {
    this.isDue = true;
    if (this.isStopped) return;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.isDue) this.wake(); // woken between the last step and now
    });
  }

  /** Resolves when there is nothing left to do. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Lets the step under way be the last. */
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
      // Nobody waits for it; whoever asks for the status is told.
      console.error(error instanceof UserError ? error.message : error);
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }
}
