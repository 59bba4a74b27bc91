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
  /** Who is at it; nobody any more, when all is heard and the library is taking it in. */
  readonly #working = new Map<Work, Hired | undefined>();
  readonly #idle: Hired[] = [];
  #isPaused = false;
  #watching: ReturnType<typeof setInterval> | undefined;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  get hasRoom(): boolean {
    const { size } = this.#options;
    // A library that is slower than the learners must not be buried.
    return this.#hired.length < size && this.#working.size < 2 * size;
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

  /** The learner is free for the next; the work is not at its end. */
  release(work: Work): void {
    const hired = this.#working.get(work);
    if (!hired) return;
    this.#working.set(work, undefined);
    this.#idle.push(hired);
  }

  end(work: Work): void {
    this.release(work);
    this.#working.delete(work);
  }

  /** Whatever it is doing, it does no more. */
  stop(id: number): void {
    for (const [work, hired] of this.#working) {
      if (work.id !== id) continue;
      this.#working.delete(work);
      hired?.dismiss();
    }
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const { learner } of [...this.#hired, ...this.#idle]) void learner.pause(isPaused);
  }

  /** Nothing is left to do. */
  rest(): void {
    clearInterval(this.#watching);
    this.#watching = undefined;
    for (const hired of this.#idle.splice(0)) hired.dismiss();
  }

  get #hired(): Hired[] {
    return [...this.#working.values()].filter((hired) => hired !== undefined);
  }

  #look(): void {
    if (this.#isPaused) return;
    for (const [work, hired] of [...this.#working]) {
      if (!hired) continue;
      work.silentSeconds += LOOK_EVERY_SECONDS;
      if (work.silentSeconds < PATIENCE_SECONDS) continue;
      this.stop(work.id);
      this.#options.stuck(work.id);
    }
  }
}
