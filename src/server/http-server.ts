/** Serves HTTP until it is told to stop, and lets running requests finish first, up to a time limit. */
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../errors.ts';
import type { Service } from './service.ts';

export interface RunningService<S extends Service = Service> {
  address: string;
  service: S;
  /** Refuses new requests, waits up to `graceSeconds` for running ones, and closes the library. */
  stop(graceSeconds?: number): Promise<void>;
}

const GRACE_SECONDS = 10;
const HEADER_SECONDS = 15;
/** Keep-alive timeout: longer than that of load balancers, so that they close connections, not the service. */
const IDLE_SECONDS = 75;
const CONNECTIONS = 1000;

interface HttpHost<S extends Service> {
  service: S;
  app: Hono;
  host: string;
  port: number;
  /** Called at the end, or if it cannot listen. */
  close(): Promise<void>;
}

export async function serveHttp<S extends Service>(host: HttpHost<S>): Promise<RunningService<S>> {
  const { service, close } = host;
  try {
    const server = await listening(host);
    const { port } = server.address() as { port: number };
    const name = isIPv6(host.host) ? `[${host.host}]` : host.host;
    return {
      address: `http://${name}:${port}`,
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

function listening({ app, host, port }: HttpHost<Service>): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
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
