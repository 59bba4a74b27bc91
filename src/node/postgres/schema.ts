/**
 * The tables of libraries in a database, in a separate schema: one table `(shard, key, row)` per store, and `turns` with a row per lock
 * (`writer-turns.ts`). They are created when a library is first opened for writing.
 */
import type { PoolClient } from 'pg';
import { UserError } from '../../errors.ts';
import { STORES } from '../../library/shelf/shelf.ts';
import type { DatabaseHosts } from './database-hosts.ts';
import type { PostgresAddress } from './postgres-address.ts';

export const SCHEMA = 'entendu';
/** 2: the store `lyrics`. */
export const VERSION = 2;

/** Rows are compressed already. With the default target, PostgreSQL would move pages of the index out of their table rows. */
export const COLUMNS = 'shard int NOT NULL, key bigint NOT NULL, row bytea NOT NULL';

/** Not of a store. */
export const COMMON = [
  `CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.version (version int NOT NULL)`,
  `INSERT INTO ${SCHEMA}.version SELECT ${VERSION} WHERE NOT EXISTS (SELECT FROM ${SCHEMA}.version)`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.turns (shard int NOT NULL, name text NOT NULL, token uuid NOT NULL, PRIMARY KEY (shard, name))`,
];

const CREATE = [
  ...COMMON,
  ...STORES.flatMap((store) => [
    `CREATE TABLE IF NOT EXISTS ${SCHEMA}.${store} (${COLUMNS}, PRIMARY KEY (shard, key)) WITH (toast_tuple_target = 8160)`,
    `ALTER TABLE ${SCHEMA}.${store} ALTER COLUMN row SET STORAGE EXTERNAL`,
  ]),
];

const SPREAD_OLD = 'was spread over servers by an earlier version. Run "entendu shards init" again, as before.';

/** Creates the tables if necessary, and refuses those of a later version. */
export async function openSchema(pool: DatabaseHosts, address: PostgresAddress, readOnly: boolean): Promise<void> {
  const client = await pool.connect();
  try {
    const present = await readVersion(client);
    const isOld = present === undefined || present < VERSION;
    const version = isOld && !readOnly ? await create(client, address) : present;
    if (version === undefined) throw new UserError('FileUnreadable', `There is no library in ${address.shown}.`);
    if (version > VERSION) {
      throw new UserError(
        'LibraryNewer',
        `The library in ${address.shown} was made by a newer version. Update Entendu.`,
      );
    }
  } finally {
    client.release();
  }
}

async function readVersion(client: PoolClient): Promise<number | undefined> {
  const { rows } = await client.query(`SELECT to_regclass('${SCHEMA}.version') IS NOT NULL AS there`);
  if (!rows[0].there) return undefined;
  return (await client.query(`SELECT version FROM ${SCHEMA}.version`)).rows[0]?.version;
}

/**
 * If two programs open a new database at the same time, the second waits and then finds the tables. It looks for them in a
 * transaction that starts after the wait, because an earlier one might not see the new schema.
 */
async function create(client: PoolClient, { shown }: PostgresAddress): Promise<number> {
  const lock = `(hashtextextended('${SCHEMA} schema', 0))`;
  await client.query(`SELECT pg_advisory_lock${lock}`);
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(`SELECT relkind FROM pg_class WHERE oid = to_regclass('${SCHEMA}.state')`);
    if (rows[0]?.relkind === 'p') throw new UserError('LibraryForeign', `${shown} ${SPREAD_OLD}`);
    if (((await readVersion(client)) ?? 0) < VERSION) for (const statement of CREATE) await client.query(statement);
    await client.query(`UPDATE ${SCHEMA}.version SET version = ${VERSION}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first error is more informative
    throw error;
  } finally {
    await client.query(`SELECT pg_advisory_unlock${lock}`).catch(() => {}); // a lost connection holds no lock
  }
  return VERSION;
}
