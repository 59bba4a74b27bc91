/** The scheduler for files, used by the page's queue and by `add` and `recognize` in Node. */

export interface JobSteps {
  /** Aborts when the job is stopped. */
  signal: AbortSignal;
  /** The rest of the job takes little: another one can begin. */
  nearlyDone(): void;
}

interface JobsOptions<J> {
  atOnce: number;
  /** The next job, if there is one now. */
  take(): J | undefined;
  /** Must not reject. */
  run(job: J, steps: JobSteps): Promise<void>;
  /** Called when nothing runs and there is nothing to take. */
  rested?(): void;
}

interface Running {
  stop: AbortController;
  isNearlyDone: boolean;
}

export class Jobs<J> {
  readonly #options: JobsOptions<J>;
  readonly #running = new Map<J, Running>();

  constructor(options: JobsOptions<J>) {
    this.#options = options;
  }

  get running(): J[] {
    return [...this.#running.keys()];
  }

  /** Begins as many jobs as it may; to be called when there are new ones to take. */
  goOn(): void {
    while (this.#hasRoom) {
      const job = this.#options.take();
      if (job === undefined) break;
      void this.#run(job);
    }
    if (this.#running.size === 0) this.#options.rested?.();
  }

  stop(job: J): void {
    this.#running.get(job)?.stop.abort();
    this.#running.delete(job);
  }

  get #hasRoom(): boolean {
    const { atOnce } = this.#options;
    const working = [...this.#running.values()].filter(({ isNearlyDone }) => !isNearlyDone);
    // If the library is slower than the learners, jobs must not pile up there.
    return working.length < atOnce && this.#running.size < 2 * atOnce;
  }

  async #run(job: J): Promise<void> {
    const running: Running = { stop: new AbortController(), isNearlyDone: false };
    this.#running.set(job, running);
    const nearlyDone = () => {
      running.isNearlyDone = true;
      this.goOn();
    };
    await this.#options.run(job, { signal: running.stop.signal, nearlyDone });
    if (this.#running.get(job) !== running) return;
    this.#running.delete(job);
    this.goOn();
  }
}

interface AllOptions {
  atOnce: number;
  signal?: AbortSignal;
  /** Results in the order of the jobs, not as they finish. */
  isInOrder?: boolean;
}

/** For each job that may run at once: how many jobs may be unfinished or not yet taken before no more are started. */
const WAITING_RESULTS = 50;

/** The results of all jobs. When the signal aborts, or the generator is closed, running jobs are stopped. */
export async function* runAll<J, R>(
  all: Iterable<J>,
  run: (job: J, steps: JobSteps) => Promise<R>,
  { atOnce, signal, isInOrder = false }: AllOptions,
): AsyncGenerator<R, void> {
  const waiting = all[Symbol.iterator]();
  const begun: { result?: Promise<R> }[] = [];
  let wake = () => {};
  const jobs = new Jobs<{ job: J; place: { result?: Promise<R> } }>({
    atOnce,
    take() {
      if (begun.length >= WAITING_RESULTS * atOnce) return undefined;
      const next = waiting.next();
      if (next.done) return undefined;
      const place = {};
      begun.push(place);
      return { job: next.value, place };
    },
    async run({ job, place }, steps) {
      const result = run(job, steps);
      await result.catch(() => {});
      place.result = result;
      wake();
    },
  });
  const stopped = () => wake();
  signal?.addEventListener('abort', stopped, { once: true });
  try {
    while (!signal?.aborted) {
      jobs.goOn();
      if (begun.length === 0) return;
      const at = isInOrder ? (begun[0].result ? 0 : -1) : begun.findIndex(({ result }) => result);
      if (at >= 0) yield (await begun.splice(at, 1)[0].result) as R;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', stopped);
    for (const job of jobs.running) jobs.stop(job);
  }
}
