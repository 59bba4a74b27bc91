/**
 * The tables of libraries in a database, in a separate schema: one table `(shard, key, row)` per store, and `turns` with a row per lock
 * (`writer-turns.ts`). They are created when a library is first opened for writing.
 */
import type { Pool, PoolClient } from 'pg';
import { UserError } from '../../errors.ts';
import { STORES } from '../../library/shelf/shelf.ts';
import type { PostgresAddress } from './postgres-address.ts';

export const SCHEMA = 'entendu';
const VERSION = 1;

/** Rows are compressed already. With the default target, PostgreSQL would move pages of the index out of their table rows. */
const columns = 'shard int NOT NULL, key bigint NOT NULL, row bytea NOT NULL';

const CREATE = [
  `CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.version (version int NOT NULL)`,
  `INSERT INTO ${SCHEMA}.version SELECT ${VERSION} WHERE NOT EXISTS (SELECT FROM ${SCHEMA}.version)`,
  `CREATE TABLE IF NOT EXISTS ${SCHEMA}.turns (shard int NOT NULL, name text NOT NULL, token uuid NOT NULL, PRIMARY KEY (shard, name))`,
  ...STORES.flatMap((store) => [
    `CREATE TABLE ${SCHEMA}.${store} (${columns}, PRIMARY KEY (shard, key)) WITH (toast_tuple_target = 8160)`,
    `ALTER TABLE ${SCHEMA}.${store} ALTER COLUMN row SET STORAGE EXTERNAL`,
  ]),
];

/** Creates the tables if necessary, and refuses those of a later version. */
export async function openSchema(pool: Pool, address: PostgresAddress, readOnly: boolean): Promise<void> {
  const client = await pool.connect();
  try {
    const version = (await readVersion(client)) ?? (readOnly ? undefined : await create(client));
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
async function create(client: PoolClient): Promise<number> {
  const lock = `(hashtextextended('${SCHEMA} schema', 0))`;
  await client.query(`SELECT pg_advisory_lock${lock}`);
  try {
    await client.query('BEGIN');
    if ((await readVersion(client)) === undefined) for (const statement of CREATE) await client.query(statement);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first error is more informative
    throw error;
  } finally {
    await client.query(`SELECT pg_advisory_unlock${lock}`).catch(() => {}); // a lost connection holds no lock
  }
  return VERSION;
}
