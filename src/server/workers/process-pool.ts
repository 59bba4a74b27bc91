/** Worker processes that share a queue. When the queue is full, jobs are refused at once, so that the others stay fast. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Notice } from '../../library/shelf/other-writers.ts';
import { Problem } from '../http/problem.ts';
import type { JobContext, JobKind, JobTypes, Workers } from './jobs.ts';
import { WorkerProcess } from './worker-process.ts';

interface PoolOptions {
  program: string;
  folder: string;
  /** Number of processes. */
  size: number;
  /** How many jobs may wait. */
  queue: number;
  /** Maximum number of live sessions; each has its own process. */
  listeners: number;
  /** Timeout for each kind of job. */
  seconds: Record<JobKind, number>;
}

/** Wait between attempts to start a worker, while they fail. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 30_000;

interface WaitingJob {
  start(worker: WorkerProcess): void;
  refuse(error: Error): void;
}

export class ProcessPool implements Workers {
  private readonly workers = new Set<WorkerProcess>();
  private readonly free: WorkerProcess[] = [];
  private readonly waiting: WaitingJob[] = [];
  private readonly listeners = new Set<WorkerProcess>();
  private busy = 0;
  private failures = 0;
  private isClosed = false;
  private wasReady = false;

  constructor(private readonly options: PoolOptions) {
    for (let i = 0; i < options.size; i++) void this.keepOne();
  }

  load() {
    const { size, queue: most } = this.options;
    const isReady = !this.isClosed && [...this.workers].some((worker) => worker.isReady);
    return { busy: this.busy, size, waiting: this.waiting.length, most, isReady };
  }

  /** `shard`: of a matcher. */
  announce(notice: Notice, shard?: number): void {
    for (const worker of [...this.workers, ...this.listeners]) worker.notice(notice, shard);
  }

  async run<K extends JobKind>(
    kind: K,
    asked: JobTypes[K]['asked'],
    context: JobContext = {},
  ): Promise<JobTypes[K]['answer']> {
    if (this.isClosed) throw Problem.stopping();
    if (kind === 'listen') return this.listen(asked as never, context) as Promise<JobTypes[K]['answer']>;
    const worker = await this.next(context.signal);
    this.busy++;
    try {
      return await worker.run(kind, asked, context, this.options.seconds[kind]);
    } finally {
      this.busy--;
      if (worker.isSpent) worker.end();
      else this.release(worker);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { refuse } of this.waiting.splice(0)) refuse(Problem.stopping());
    const all = [...this.workers, ...this.listeners];
    for (const worker of all) worker.end();
    await Promise.all(all.map(({ ended }) => ended));
  }

  private async listen(asked: JobTypes['listen']['asked'], context: JobContext): Promise<JobTypes['listen']['answer']> {
    if (this.listeners.size >= this.options.listeners)
      throw Problem.busy('As many streams as allowed are listened to.');
    const worker = new WorkerProcess(this.options.program, this.options.folder);
    this.listeners.add(worker);
    try {
      await worker.ready;
      return await worker.run('listen', asked, context, this.options.seconds.listen);
    } finally {
      worker.end();
      this.listeners.delete(worker);
    }
  }

  private next(signal?: AbortSignal): Promise<WorkerProcess> {
    const worker = this.free.pop();
    if (worker) return Promise.resolve(worker);
    if (!this.wasReady)
      throw new Problem(503, 'The library is being opened. Try again in a few seconds.', 'Opening', 5);
    if (this.waiting.length >= this.options.queue) throw Problem.busy('More is asked than can be answered now.');
    return new Promise((resolve, reject) => {
      const entry: WaitingJob = { start: resolve, refuse: reject };
      this.waiting.push(entry);
      const leave = () => {
        const at = this.waiting.indexOf(entry);
        if (at < 0) return;
        this.waiting.splice(at, 1);
        reject(signal?.reason ?? new Error('stopped'));
      };
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  private release(worker: WorkerProcess): void {
    const next = this.waiting.shift();
    if (next) next.start(worker);
    else this.free.push(worker);
  }

  /** Starts a worker, and a new one whenever it ends. */
  private async keepOne(): Promise<void> {
    while (!this.isClosed) {
      const worker = new WorkerProcess(this.options.program, this.options.folder);
      this.workers.add(worker);
      await worker.ready;
      if (worker.isReady) {
        this.failures = 0;
        this.wasReady = true;
        this.release(worker);
      } else this.failures++;
      await worker.ended;
      this.workers.delete(worker);
      const at = this.free.indexOf(worker);
      if (at >= 0) this.free.splice(at, 1);
      if (this.failures > 0 && !this.isClosed)
        await delay(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures), undefined, { ref: false });
    }
  }
}
