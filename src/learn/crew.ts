/** Learners at work on the queue's files: hired when there is something to do, watched over, sent home afterwards. */
import type { Learner } from './learner.ts';
import type { Hired } from './start-learner.ts';

/** A learner that says nothing for so long is stuck, in a decoder most likely. */
const PATIENCE_SECONDS = 30;
const LOOK_EVERY_SECONDS = 5;

/** One core stays free for the page. */
export const learnersFor = (cores = 2): number => Math.min(4, Math.max(1, cores - 1));

export interface Work {
  readonly id: number;
  readonly learner: Learner;
  /** Since it was last heard of. Counted in looks, not by the clock, which runs on while a computer sleeps. */
  silentSeconds: number;
}

interface CrewOptions {
  hire(): Hired;
  size: number;
  /** The work was given up and its learner is gone. */
  stuck(id: number): void;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #working = new Map<Work, Hired>();
  readonly #idle: Hired[] = [];
  #isPaused = false;
  #watching: ReturnType<typeof setInterval> | undefined;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  get hasRoom(): boolean {
    return this.#working.size < this.#options.size;
  }

  get ids(): number[] {
    return [...this.#working.keys()].map(({ id }) => id);
  }

  begin(id: number): Work {
    const hired = this.#idle.pop() ?? this.#options.hire();
    const work = { id, learner: hired.learner, silentSeconds: 0 };
    this.#working.set(work, hired);
    this.#watching ??= setInterval(() => this.#look(), 1000 * LOOK_EVERY_SECONDS);
    return work;
  }

  isOn(work: Work): boolean {
    return this.#working.has(work);
  }

  /** The learner is free for the next. */
  end(work: Work): void {
    const hired = this.#working.get(work);
    this.#working.delete(work);
    if (hired) this.#idle.push(hired);
  }

  /** Whatever it is doing, it does no more. */
  stop(id: number): void {
    for (const [work, hired] of this.#working) {
      if (work.id !== id) continue;
      this.#working.delete(work);
      hired.dismiss();
    }
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const { learner } of [...this.#working.values(), ...this.#idle]) void learner.pause(isPaused);
  }

  /** Nothing is left to do. */
  rest(): void {
    clearInterval(this.#watching);
    this.#watching = undefined;
    for (const hired of this.#idle.splice(0)) hired.dismiss();
  }

  #look(): void {
    if (this.#isPaused) return;
    for (const work of [...this.#working.keys()]) {
      work.silentSeconds += LOOK_EVERY_SECONDS;
      if (work.silentSeconds < PATIENCE_SECONDS) continue;
      this.stop(work.id);
      this.#options.stuck(work.id);
    }
  }
}
