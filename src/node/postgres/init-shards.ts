/**
 * Spreads the shards of a library over several servers. One of them is named to everybody; its tables have a partition for each shard,
 * which lies on another server (`postgres_fdw`). Can be repeated, with more servers or shards.
 */
import { UserError } from '../../errors.ts';
import { STORES } from '../../library/shelf/shelf.ts';
import { withClient } from './one-client.ts';
import { parseAddress } from './postgres-address.ts';
import { openPostgres } from './postgres-shelf.ts';
import { COLUMNS, COMMON, SCHEMA, VERSION } from './schema.ts';

interface SpreadShards {
  /** Address of the database that everybody uses. */
  place: string;
  /** Of the databases that hold the shards; each may name several hosts. */
  servers: readonly string[];
  /** Number of shards; shard n lies on server n modulo their number. */
  shards: number;
}

/** The statements for the database at `place`. With `secret`, passwords are in them. */
export function statementsFor({ servers, shards }: SpreadShards, secret: boolean): string[] {
  return [
    'CREATE EXTENSION IF NOT EXISTS postgres_fdw',
    ...COMMON,
    ...servers.flatMap((server, i) => serverStatements(server, i, secret)),
    ...STORES.flatMap((store) => [
      `CREATE TABLE IF NOT EXISTS ${SCHEMA}.${store} (${COLUMNS}) PARTITION BY LIST (shard)`,
      ...Array.from({ length: shards }, (_, shard) => partition(store, shard, shard % servers.length)),
    ]),
  ];
}

export async function initShards(spread: SpreadShards): Promise<void> {
  const { place, servers } = spread;
  await withClient(place, async (client) => {
    const { rows } = await client.query(`SELECT relkind FROM pg_class WHERE oid = to_regclass('${SCHEMA}.state')`);
    if (rows[0] && rows[0].relkind !== 'p') throw hasLibrary(place);
    for (const server of servers) {
      const { shelf, others } = await openPostgres(server);
      others.close();
      await shelf.close();
    }
    await client.query('BEGIN');
    for (const statement of statementsFor(spread, true)) await client.query(statement);
    await client.query(`UPDATE ${SCHEMA}.version SET version = ${VERSION}`);
    await client.query('COMMIT');
  });
}

const hasLibrary = (place: string) =>
  new UserError(
    'LibraryForeign',
    `${parseAddress(place).shown} has a library in tables of its own. Name an empty database, and copy each shard with "entendu copy".`,
  );

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const optionsOf = (options: Record<string, string>) =>
  `OPTIONS (${Object.entries(options)
    .map(([name, value]) => `${name} ${quoted(value)}`)
    .join(', ')})`;

function serverStatements(place: string, number: number, secret: boolean): string[] {
  const urls = parseAddress(place).urls.map((url) => new URL(url));
  const [{ username, password, pathname }] = urls;
  const server = {
    host: urls.map(({ hostname }) => hostname.replace(/^\[|\]$/g, '')).join(','),
    port: urls.map(({ port }) => port || '5432').join(','),
    dbname: decodeURIComponent(pathname.slice(1)),
    // Of several hosts, the one that takes writes.
    target_session_attrs: 'read-write',
    connect_timeout: '3',
    fetch_size: '5000',
    batch_size: '100',
  };
  const user = decodeURIComponent(username || 'postgres');
  const shownPassword = secret ? decodeURIComponent(password) : '...';
  const mapping: Record<string, string> = password
    ? { user, password: shownPassword }
    : { user, password_required: 'false' };
  return [
    `CREATE SERVER IF NOT EXISTS ${SCHEMA}_${number} FOREIGN DATA WRAPPER postgres_fdw ${optionsOf(server)}`,
    `CREATE USER MAPPING IF NOT EXISTS FOR CURRENT_USER SERVER ${SCHEMA}_${number} ${optionsOf(mapping)}`,
  ];
}

const partition = (store: string, shard: number, server: number) =>
  `CREATE FOREIGN TABLE IF NOT EXISTS ${SCHEMA}.${store}_${shard} PARTITION OF ${SCHEMA}.${store} FOR VALUES IN (${shard}) SERVER ${SCHEMA}_${server} ${optionsOf({ schema_name: SCHEMA, table_name: store })}`;
