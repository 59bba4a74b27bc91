/** Starts the service. Stopping it lets running requests finish first, up to a time limit. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { UserError } from '../errors.ts';
import type { Notice } from '../library/shelf/other-writers.ts';
import { openLibrary } from '../node/package.ts';
import { createHttpApp } from './http/http-app.ts';
import { createMetrics } from './metrics.ts';
import { LIMITS, type Limits, type Service } from './service.ts';
import type { Tokens } from './tokens.ts';
import { PlaysLog } from './watch/plays-log.ts';
import type { Kind } from './workers/jobs.ts';
import { tellReaders } from './workers/library-news.ts';
import { ProcessPool } from './workers/process-pool.ts';

export interface ServiceOptions {
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

export interface RunningService {
  address: string;
  service: Service;
  /** Refuses new requests, waits up to `graceSeconds` for running ones, and closes the library. */
  stop(graceSeconds?: number): Promise<void>;
}

const JOB_SECONDS: Record<Kind, number> = { recognize: 60, peaks: 60, tracklist: 1800, learn: 600, listen: 86_400 };
const GRACE_SECONDS = 10;
const HEADER_SECONDS = 15;
/** Keep-alive timeout: longer than that of load balancers, so that they close connections, not the service. */
const IDLE_SECONDS = 75;
const CONNECTIONS = 1000;

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
  try {
    const server = await listening(service, options);
    const { port } = server.address() as { port: number };
    const host = isIPv6(options.host) ? `[${options.host}]` : options.host;
    return {
      address: `http://${host}:${port}`,
      service,
      async stop(graceSeconds = GRACE_SECONDS) {
        service.stopping.abort();
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeIdleConnections();
        const grace = new AbortController();
        await Promise.race([closed, delay(1000 * graceSeconds, undefined, { signal: grace.signal }).catch(() => {})]);
        grace.abort();
        server.closeAllConnections();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listening(service: Service, { host, port }: ServiceOptions): Promise<Server> {
  const { fetch } = createHttpApp(service);
  const server = createAdaptorServer({ fetch }) as Server;
  server.headersTimeout = 1000 * HEADER_SECONDS;
  server.keepAliveTimeout = 1000 * IDLE_SECONDS;
  server.requestTimeout = 0; // live streams take hours; uploads have their own limits
  server.maxConnections = CONNECTIONS;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refused(error, host, port)));
    server.listen(port, host, () => resolve(server));
  });
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const why: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Choose another one with --port.`,
    EACCES: `You are not allowed to listen on port ${port}. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `This machine has no address ${host}.`,
    ENOTFOUND: `There is no address ${host}.`,
  };
  return new UserError('FileUnreadable', why[error.code ?? ''] ?? `It cannot listen: ${error.message}.`);
}
