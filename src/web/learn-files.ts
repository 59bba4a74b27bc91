/** Learns files in workers: as many at once as there are spare cores, four at most. */
import type { Engine } from '../engine/api.ts';
import { learnOn } from '../learn/learn-on.ts';
import type { Learner, LearnResult } from '../learn/learner.ts';
import { type JobSteps, Jobs } from '../learn/run-jobs.ts';
import { startLearner } from '../learn/start-learner.ts';
import { WorkerPool } from '../learn/worker-pool.ts';

const MOST_LEARNERS = 4;

export interface FileOptions {
  /** Name of a blob that is no `File`. */
  name?: string;
  evenIfSimilar?: boolean;
  signal?: AbortSignal;
}

interface FileJob {
  file: File;
  options: FileOptions;
  learnt(result: LearnResult): void;
  failed(error: unknown): void;
}

export class FileLearner {
  private readonly waiting: FileJob[] = [];
  private readonly learners: WorkerPool<Learner>;
  private readonly jobs: Jobs<FileJob>;

  constructor(engine: Engine, cores = navigator.hardwareConcurrency || 2) {
    this.learners = new WorkerPool(() => startLearner(engine));
    this.jobs = new Jobs({
      atOnce: Math.max(1, Math.min(MOST_LEARNERS, cores - 1)),
      take: () => this.waiting.shift(),
      run: (job, steps) => this.run(job, steps),
      rested: () => this.learners.rest(),
    });
  }

  learn(blob: Blob, options: FileOptions = {}): Promise<LearnResult> {
    const file = blob instanceof File ? blob : new File([blob], options.name ?? '');
    return new Promise((learnt, failed) => {
      this.waiting.push({ file, options, learnt, failed });
      this.jobs.goOn();
    });
  }

  close(): Promise<void> {
    return this.learners.close();
  }

  private async run({ file, options, learnt, failed }: FileJob, steps: JobSteps): Promise<void> {
    const { evenIfSimilar } = options;
    const signal = options.signal ? AbortSignal.any([steps.signal, options.signal]) : steps.signal;
    const learning = async () => {
      signal.throwIfAborted();
      return learnOn(this.learners, file, { evenIfSimilar }, { ...steps, signal }, () => {});
    };
    await learning().then(learnt, failed);
  }
}
