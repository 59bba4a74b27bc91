/**
 * The library's shelf in PostgreSQL: one table per store, one transaction per batch. `writer-turns.ts` coordinates writers. The
 * statements also work on partitions in other servers (`postgres_fdw`), which do not support ON CONFLICT.
 */
import type { PoolClient, QueryArrayConfig } from 'pg';
import { UserError } from '../../errors.ts';
import type { Change, Row, Shelf } from '../../library/shelf/shelf.ts';
import { DatabaseHosts } from './database-hosts.ts';
import { loadClient } from './load-client.ts';
import { type PostgresAddress, parseAddress } from './postgres-address.ts';
import { isConnectionFault, translated } from './postgres-fault.ts';
import { KEY_END, PostgresRows, type ReadRows } from './postgres-rows.ts';
import { openSchema, SCHEMA } from './schema.ts';
import { Turns } from './writer-turns.ts';

/** Connections per library: for reading and writing, and one for each of its three locks. */
const CONNECTIONS = 8;
/** How long to wait for a connection; `psql` knows the same variable. */
const CONNECT_SECONDS = Number(process.env.PGCONNECT_TIMEOUT) || 10;
const ONE_SHARD = 'This works with one shard at a time. Write ?shard=N instead of ?shards=.';

type Put = Extract<Change, { row: Row }>;

export async function openPostgres(
  place: string,
  { readOnly = false } = {},
): Promise<{ shelf: PostgresShelf; others: Turns }> {
  const address = parseAddress(place);
  const pg = await loadClient();
  if (address.shards) throw new UserError('LibraryForeign', ONE_SHARD);
  const settings = {
    connectionTimeoutMillis: 1000 * CONNECT_SECONDS,
    application_name: 'entendu',
    keepAlive: true,
    max: CONNECTIONS,
  };
  const pool = new DatabaseHosts(pg, address.urls, settings, readOnly);
  try {
    await openSchema(pool, address, readOnly);
  } catch (error) {
    await pool.end();
    throw translated(error, address);
  }
  const turns = new Turns(pool, address, readOnly);
  return { shelf: new PostgresShelf(pool, turns, address, readOnly), others: turns };
}

export class PostgresShelf implements Shelf {
  private isClosed = false;
  private readonly rows: PostgresRows;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: DatabaseHosts,
    private readonly turns: Turns,
    private readonly address: PostgresAddress,
    readonly isReadOnly: boolean,
  ) {
    this.rows = new PostgresRows(address.shard, (query) => this.ask(query));
  }

  readonly read: Shelf['read'] = (...asked) => this.rows.read(...asked);
  readonly list: Shelf['list'] = (...asked) => this.rows.list(...asked);
  readonly keys: Shelf['keys'] = (...asked) => this.rows.keys(...asked);

  /** Everything that `work` reads is of the same moment. */
  async snapshot<T>(work: (rows: ReadRows) => Promise<T>): Promise<T> {
    this.refuseIfClosed();
    try {
      return await this.transaction(async (client) => {
        await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        return work(new PostgresRows(this.address.shard, async (query) => (await client.query(query)).rows));
      });
    } catch (error) {
      throw translated(error, this.address);
    }
  }

  write(changes: readonly Change[], lazy = false): Promise<void> {
    const done = this.writing.then(() => this.commit(changes, lazy));
    this.writing = done.catch(() => {}); // reported to the caller
    return done;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.writing;
    await this.pool.end();
  }

  /** Tries again once if the connection was lost since its last use. */
  private async ask(query: QueryArrayConfig): Promise<unknown[][]> {
    this.refuseIfClosed();
    try {
      const { rows } = await this.pool.query(query).catch((error) => {
        if (isConnectionFault(error)) return this.pool.query(query);
        throw error;
      });
      return rows;
    } catch (error) {
      throw translated(error, this.address);
    }
  }

  private async commit(changes: readonly Change[], lazy: boolean): Promise<void> {
    this.refuseIfClosed();
    if (this.isReadOnly) throw new UserError('LibraryBusy', 'The library was opened for reading only.');
    if (changes.length === 0) return;
    try {
      await this.transaction(async (client) => {
        if (lazy) await client.query('SET LOCAL synchronous_commit = off');
        await this.turns.refuseIfLost(client);
        for (const step of stepsOf(changes)) await this.make(client, step);
      });
    } catch (error) {
      throw translated(error, this.address);
    }
  }

  private async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let fault: Error | undefined;
    const lost = (error: Error) => {
      fault = error;
    };
    client.on('error', lost); // the running query fails, too
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(lost);
      throw error;
    } finally {
      client.off('error', lost);
      client.release(fault);
    }
  }

  private async make(client: PoolClient, step: Change | Put[]): Promise<void> {
    const { shard } = this.address;
    if (!Array.isArray(step)) {
      const { store, from, below } = step as Exclude<Change, Put>;
      const text = `DELETE FROM ${SCHEMA}.${store} WHERE shard = $1 AND key >= $2 AND key < $3`;
      await client.query({ name: `delete ${store}`, text, values: [shard, from, Math.min(below, KEY_END)] });
      return;
    }
    const [{ store }] = step;
    const keys = step.map(({ key }) => key);
    const rows = step.map(({ row }) => Buffer.from(row.buffer));
    const replaced = `DELETE FROM ${SCHEMA}.${store} WHERE shard = $1 AND key = ANY($2::bigint[])`;
    const put = `INSERT INTO ${SCHEMA}.${store} (shard, key, row) SELECT $1, k, r FROM unnest($2::bigint[], $3::bytea[]) AS t(k, r)`;
    await client.query({ name: `replace ${store}`, text: replaced, values: [shard, keys] });
    await client.query({ name: `put ${store}`, text: put, values: [shard, keys, rows] });
  }

  private refuseIfClosed(): void {
    if (this.isClosed) throw new UserError('LibraryClosed', 'The library was closed.');
  }
}

/** Consecutive rows for the same store, with different keys, are written in one statement. */
function stepsOf(changes: readonly Change[]): (Change | Put[])[] {
  const steps: (Change | Put[])[] = [];
  let keys = new Set<number>();
  for (const change of changes) {
    if (!('row' in change)) {
      steps.push(change);
      continue;
    }
    const last = steps.at(-1);
    if (Array.isArray(last) && last[0].store === change.store && !keys.has(change.key)) last.push(change);
    else {
      steps.push([change]);
      keys = new Set();
    }
    keys.add(change.key);
  }
  return steps;
}
