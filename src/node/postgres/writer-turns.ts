/**
 * Coordinates the writers of a library in PostgreSQL, on any number of machines:
 *
 * - A lock is an advisory lock, held by a separate connection. If that connection is lost, the server releases the lock.
 * - The holder may not have noticed that yet and continue to write. Therefore each holder first stores a new token in the lock's row in
 *   `turns`. Every write transaction checks the tokens of the locks that this process holds, and locks their rows until it commits.
 *   (Checking the state's generation would not suffice, because an import writes rows before it writes the state.)
 * - Changes are announced by NOTIFY.
 */
import { randomUUID } from 'node:crypto';
import type { Client, PoolClient } from 'pg';
import { UserError } from '../../errors.ts';
import { type Notice, noOtherWriters, type OtherWriters } from '../../library/shelf/other-writers.ts';
import type { DatabaseHosts } from './database-hosts.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { translated } from './postgres-fault.ts';
import { SCHEMA } from './schema.ts';

/** PostgreSQL's limit is 8,000 bytes. */
const MOST_NOTICE_BYTES = 7_500;
const RECONNECT_MS = 1_000;

export class Turns implements OtherWriters {
  /** Tokens of the locks that this process holds, by name. */
  private readonly held = new Map<string, string>();
  /** Only one task of this process waits for each lock at the server. */
  private readonly queue = noOtherWriters();
  private readonly guards: Turns[] = [];
  private readonly channel: string;
  private readonly sender = randomUUID();
  private ear: Client | undefined;
  private isClosed = false;

  constructor(
    private readonly pool: DatabaseHosts,
    private readonly address: PostgresAddress,
    private readonly isReadOnly: boolean,
  ) {
    this.channel = `${SCHEMA}_${address.shard}`;
  }

  exclusive<T>(lock: string, work: () => Promise<T>): Promise<T> {
    return this.queue.exclusive(lock, async () => {
      const client = await this.pool.connect().catch((error) => {
        throw translated(error, this.address);
      });
      let fault: Error | undefined;
      const lost = (error: Error) => {
        fault = error;
      };
      client.on('error', lost); // if another process gets the lock, the token check refuses our writes
      try {
        await this.take(client, lock);
        return await work();
      } finally {
        this.held.delete(lock);
        await client.query(`SELECT pg_advisory_unlock_all()`).catch(lost);
        client.off('error', lost);
        client.release(fault);
      }
    });
  }

  /** Writes of this shard also need the locks that these hold: for a lock over several shards. */
  needAlso(guard: Turns): void {
    this.guards.push(guard);
  }

  /** Call within a write transaction: throws if another process has got one of the locks, and keeps the locks until the commit. */
  async refuseIfLost(client: PoolClient): Promise<void> {
    for (const guard of this.guards) await guard.refuseIfLost(client);
    for (const [name, token] of this.held) {
      const { rows } = await client.query({
        name: 'turn',
        text: `SELECT token FROM ${SCHEMA}.turns WHERE shard = $1 AND name = $2 FOR SHARE`,
        values: [this.address.shard, name],
      });
      if (rows[0]?.token !== token) {
        throw new UserError(
          'LibraryBusy',
          `The connection to ${this.address.shown} was lost, and another program writes now. Try again.`,
        );
      }
    }
  }

  announce(notice: Notice): void {
    const whole = JSON.stringify({ from: this.sender, notice });
    const payload =
      whole.length < MOST_NOTICE_BYTES
        ? whole
        : JSON.stringify({ from: this.sender, notice: { generation: notice.generation } });
    this.pool.query('SELECT pg_notify($1, $2)', [this.channel, payload]).catch(() => {}); // others notice the change when they next write
  }

  listen(listener: (notice: Notice) => void): void {
    void this.hear(listener);
  }

  close(): void {
    this.isClosed = true;
    this.ear?.end().catch(() => {}); // it is gone already
  }

  private async take(client: PoolClient, lock: string): Promise<void> {
    const { shard } = this.address;
    const shared = this.isReadOnly ? '_shared' : '';
    try {
      await client.query(`SELECT pg_advisory_lock${shared}(hashtextextended($1, $2))`, [`${SCHEMA} ${lock}`, shard]);
      if (this.isReadOnly) return;
      const token = randomUUID();
      await client.query(
        `INSERT INTO ${SCHEMA}.turns VALUES ($1, $2, $3) ON CONFLICT (shard, name) DO UPDATE SET token = excluded.token`,
        [shard, lock, token],
      );
      this.held.set(lock, token);
    } catch (error) {
      throw translated(error, this.address);
    }
  }

  /** Listens on a separate connection. After a lost connection the listener is called, because anything may have changed. */
  private async hear(listener: (notice: Notice) => void, isAgain = false): Promise<void> {
    let isOver = false;
    const again = () => {
      if (isOver || this.isClosed) return;
      isOver = true;
      this.ear?.end().catch(() => {}); // it is gone already
      setTimeout(() => void this.hear(listener, true), RECONNECT_MS).unref();
    };
    try {
      const ear = await this.pool.separate();
      if (this.isClosed) return;
      this.ear = ear;
      ear.on('error', again);
      ear.on('end', again);
      ear.on('notification', ({ payload = '{}' }) => {
        const { from, notice } = JSON.parse(payload);
        if (from !== this.sender) listener(notice);
      });
      await ear.connect();
      await ear.query(`LISTEN ${this.channel}`);
      if (isAgain) listener({ generation: 0 });
    } catch {
      again();
    }
  }
}
