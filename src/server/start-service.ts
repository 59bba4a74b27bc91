/** Starts the service over a library, or as a front over matchers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notice } from '../library/shelf/other-writers.ts';
import { tellReaders } from '../node/library-news.ts';
import { openLibrary } from '../node/package.ts';
import type { FrontEngine } from '../node/shards/front-engine.ts';
import { createHttpApp } from './http/http-app.ts';
import { type RunningService, serveHttp } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { LIMITS, type Limits, type Service } from './service.ts';
import type { Tokens } from './tokens.ts';
import { PlaysLog } from './watch/plays-log.ts';
import type { JobKind } from './workers/jobs.ts';
import { ProcessPool } from './workers/process-pool.ts';

export interface ServiceOptions {
  /** A folder, the address of a database, or of a front those of matchers. */
  library: string;
  /** Output folder of "entendu watch". */
  plays: string;
  host: string;
  port: number;
  tokens?: Tokens;
  origins: string[];
  workers: number;
  queue: number;
  listeners: number;
  limits: Partial<Limits>;
  /** Path of the workers' program. */
  workerProgram: string;
  log(what: unknown): void;
}

export const JOB_SECONDS: Record<JobKind, number> = {
  recognize: 60,
  peaks: 60,
  tracklist: 1800,
  learn: 600,
  listen: 86_400,
  find: 60,
};
export async function startService(options: ServiceOptions): Promise<RunningService> {
  let announce: (notice: Notice) => void = () => {};
  const library = await openLibrary(options.library, { others: tellReaders((notice) => announce(notice)) });
  const folder = mkdtempSync(join(tmpdir(), 'entendu-serve-'));
  const pool = new ProcessPool({
    program: options.workerProgram,
    folder: library.folder,
    size: options.workers,
    queue: options.queue,
    listeners: options.listeners,
    seconds: JOB_SECONDS,
  });
  announce = (notice) => pool.announce(notice);
  const close = async () => {
    await pool.close();
    await library.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const service: Service = {
    library,
    matchers: (library as Partial<FrontEngine>).matchers,
    plays: new PlaysLog(options.plays),
    workers: pool,
    tokens: options.tokens,
    limits: { ...LIMITS, ...options.limits },
    folder,
    metrics: createMetrics(pool, () => library.status()),
    origins: options.origins,
    log: options.log,
    stopping: new AbortController(),
  };
  return serveHttp({ service, app: createHttpApp(service), host: options.host, port: options.port, close });
}
