/** A pool of workers that starts later: a matcher answers "not ready" until its shards are complete. */
import type { Notice } from '../../library/shelf/other-writers.ts';
import { Problem } from '../http/problem.ts';
import type { JobContext, JobKind, JobTypes, Workers } from '../workers/jobs.ts';
import type { ProcessPool } from '../workers/process-pool.ts';

export class LatePool implements Workers {
  private pool: ProcessPool | undefined;

  constructor(private readonly size: number) {}

  start(pool: ProcessPool): void {
    this.pool = pool;
  }

  run<K extends JobKind>(kind: K, asked: JobTypes[K]['asked'], context?: JobContext): Promise<JobTypes[K]['answer']> {
    if (!this.pool) throw new Problem(503, 'The shards are being copied. Try again in a few seconds.', 'Opening', 5);
    return this.pool.run(kind, asked, context);
  }

  load() {
    return this.pool?.load() ?? { busy: 0, size: this.size, waiting: 0, most: 0, isReady: false };
  }

  announce(notice: Notice, shard: number): void {
    this.pool?.announce(notice, shard);
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}
