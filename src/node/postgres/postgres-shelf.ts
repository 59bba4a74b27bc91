/**
 * The library's shelf in PostgreSQL: one table per store, one transaction per batch. `writer-turns.ts` coordinates writers. The
 * statements also work on partitions in other servers (`postgres_fdw`), which do not support ON CONFLICT.
 */
import type { Client, Pool, PoolClient, QueryArrayConfig } from 'pg';
import { UserError } from '../../errors.ts';
import type { OtherWriters } from '../../library/shelf/other-writers.ts';
import type { Change, Row, Shelf, Store } from '../../library/shelf/shelf.ts';
import { type PostgresAddress, parseAddress } from './postgres-address.ts';
import { isConnectionFault, translated } from './postgres-fault.ts';
import { openSchema, SCHEMA } from './schema.ts';
import { Turns } from './writer-turns.ts';

/** Connections per library: for reading and writing, and one for each of its three locks. */
const CONNECTIONS = 8;
const CONNECT_MS = 10_000;
const KEY_END = Number.MAX_SAFE_INTEGER;

type Put = Extract<Change, { row: Row }>;

export async function openPostgres(
  place: string,
  { readOnly = false } = {},
): Promise<{ shelf: Shelf; others: OtherWriters }> {
  const address = parseAddress(place);
  const { default: pg } = await import('pg').catch((error) => {
    const missing = 'A library in PostgreSQL needs the package "pg". Install it with "npm install pg".';
    throw new UserError('AddressUnreachable', missing, { cause: error });
  });
  const settings = { connectionString: address.url, connectionTimeoutMillis: CONNECT_MS, application_name: 'entendu' };
  const pool = new pg.Pool({ ...settings, max: CONNECTIONS });
  pool.on('error', () => {}); // an idle connection was lost; the next call makes a new one
  try {
    await openSchema(pool, address, readOnly);
  } catch (error) {
    await pool.end();
    throw translated(error, address);
  }
  const turns = new Turns(pool, (): Client => new pg.Client(settings), address, readOnly);
  return { shelf: new PostgresShelf(pool, turns, address, readOnly), others: turns };
}

class PostgresShelf implements Shelf {
  private isClosed = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly turns: Turns,
    private readonly address: PostgresAddress,
    readonly isReadOnly: boolean,
  ) {}

  async read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]> {
    const wanted = Array.from(keys);
    const rows = await this.ask(
      `read ${store}`,
      `SELECT key, row FROM ${SCHEMA}.${store} WHERE shard = $1 AND key = ANY($2::bigint[])`,
      [wanted],
    );
    const found = new Map(rows.map(([key, row]) => [Number(key), row as Buffer]));
    return wanted.map((key) => {
      const row = found.get(key);
      return row && rowOf(row);
    });
  }

  async list(store: Store, from = 0, below = KEY_END): Promise<[key: number, row: Row][]> {
    const rows = await this.range(`list ${store}`, 'key, row', store, from, below);
    return rows.map(([key, row]) => [Number(key), rowOf(row as Buffer)]);
  }

  async keys(store: Store, from = 0, below = KEY_END): Promise<number[]> {
    const rows = await this.range(`keys ${store}`, 'key', store, from, below);
    return rows.map(([key]) => Number(key));
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

  private range(name: string, columns: string, store: Store, from: number, below: number): Promise<unknown[][]> {
    const table = `${SCHEMA}.${store}`;
    const text = `SELECT ${columns} FROM ${table} WHERE shard = $1 AND key >= $2 AND key < $3 ORDER BY key`;
    return this.ask(name, text, [from, Math.min(below, KEY_END)]);
  }

  /** Tries again once if the connection was lost since its last use. */
  private async ask(name: string, text: string, values: unknown[]): Promise<unknown[][]> {
    this.refuseIfClosed();
    const query: QueryArrayConfig = { name, text, values: [this.address.shard, ...values], rowMode: 'array' };
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

  private async transaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    let fault: Error | undefined;
    const lost = (error: Error) => {
      fault = error;
    };
    client.on('error', lost); // the running query fails, too
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
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

const rowOf = (bytes: Buffer): Row =>
  bytes.byteOffset === 0 && bytes.buffer.byteLength === bytes.length
    ? new Uint8Array(bytes.buffer as ArrayBuffer)
    : Uint8Array.from(bytes);
