/**
 * Connections to a database on one of several hosts. With several, the one that takes writes is used, which changes when a standby
 * takes over; a reader that finds none reads from a standby. The interface is that of the client's pool.
 */
import type { Client, ClientConfig, Pool, PoolClient, PoolConfig, QueryArrayConfig } from 'pg';
import { isConnectionFault } from './postgres-fault.ts';

/** How long to look for a host that takes writes, and the wait between two rounds. */
const TAKEOVER_MS = 15_000;
const ROUND_MS = 200;

export interface PostgresClient {
  Pool: new (config: PoolConfig) => Pool;
  Client: new (config: ClientConfig) => Client;
}

export class DatabaseHosts {
  private readonly pools: Pool[];
  /** The host that was used last. */
  private current = 0;

  constructor(
    private readonly pg: PostgresClient,
    private readonly urls: readonly string[],
    private readonly settings: ClientConfig & { max: number },
    private readonly readOnly: boolean,
  ) {
    this.pools = urls.map((connectionString) => {
      const pool = new pg.Pool({ ...settings, connectionString });
      pool.on('error', () => {}); // an idle connection was lost; the next call makes a new one
      return pool;
    });
  }

  async connect(): Promise<PoolClient> {
    if (this.urls.length === 1) return this.pools[0].connect();
    const end = performance.now() + TAKEOVER_MS;
    for (;;) {
      const client = (await this.writable()) ?? (this.readOnly ? await this.anyHost() : undefined);
      if (client) return client;
      if (performance.now() > end) return this.pools[this.current].connect();
      await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
    }
  }

  async query(query: QueryArrayConfig | string, values?: unknown[]) {
    const client = await this.connect();
    let fault: Error | undefined;
    const lost = (error: Error) => {
      fault = error;
    };
    client.on('error', lost);
    try {
      return await client.query(query as QueryArrayConfig, values);
    } catch (error) {
      if (isConnectionFault(error)) fault = error as Error;
      throw error;
    } finally {
      client.off('error', lost);
      client.release(fault);
    }
  }

  /** A new connection that is not of the pool. The caller connects it. */
  async separate(): Promise<Client> {
    const { max, ...settings } = this.settings;
    if (this.urls.length > 1) (await this.connect()).release(); // finds the host that takes writes now
    return new this.pg.Client({ ...settings, connectionString: this.urls[this.current] });
  }

  async end(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.end()));
  }

  private async writable(): Promise<PoolClient | undefined> {
    for (let i = 0; i < this.urls.length; i++) {
      const at = (this.current + i) % this.urls.length;
      const client = await this.pools[at].connect().catch(unlessGone); // the next one is tried
      if (!client) continue;
      const isStandby = await standsBy(client);
      if (isStandby === false) {
        this.current = at;
        return client;
      }
      client.release(isStandby === undefined);
    }
    return undefined;
  }

  private async anyHost(): Promise<PoolClient | undefined> {
    for (const pool of this.pools) {
      const client = await pool.connect().catch(unlessGone); // the next one is tried
      if (client) return client;
    }
    return undefined;
  }
}

/** A host that answers, but refuses, is no reason to look for another. */
function unlessGone(error: unknown): undefined {
  if (!isConnectionFault(error)) throw error;
}

/** Undefined if the connection is lost. */
async function standsBy(client: PoolClient): Promise<boolean | undefined> {
  const ignore = () => {}; // the query fails, too
  client.on('error', ignore);
  try {
    const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby');
    return rows[0].standby;
  } catch {
    return undefined;
  } finally {
    client.off('error', ignore);
  }
}
