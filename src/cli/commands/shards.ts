import { initShards, statementsFor } from '../../node/postgres/init-shards.ts';
import { parseAddress } from '../../node/postgres/postgres-address.ts';
import { command, FOUND } from '../command.ts';
import { flag, number, UsageError } from '../options.ts';

export const shards = command({
  name: 'shards',
  summary: 'spreads a library in PostgreSQL over several servers',
  usage: ['init SERVER ...'],
  details: [
    'A library of more than about 400,000 tracks consists of shards. This prepares the database named by --library so that shard n lies on the n-th SERVER, in turn: its tables get a partition for each shard, through postgres_fdw. Afterwards everybody uses --library with ?shards=0-3 (or ?shard=2 for one), as if it were one server. Can be run again with more servers or a larger --count.',
    'A SERVER is the address of a database: postgres://user:password@host/music. With a standby, name both: postgres://user@first:5432,second:5432/music; the one that takes writes is used.',
    'Prints the SQL (without passwords). With --sql, that is all it does. The user must be allowed to create extensions and foreign servers.',
  ],
  options: {
    count: number('N', 'number of shards; default: the number of servers', { least: 1, most: 4096, whole: true }),
    sql: flag('only print the SQL'),
  },
  examples: [
    [
      'entendu shards init --library postgres://a/music postgres://b/m postgres://c/m --count 4',
      'four shards on two servers',
    ],
    ['entendu add --library "postgres://a/music?shards=0-3" /music', 'adds to the shard with most room'],
  ],
  async run({ values, words: [action, ...servers], terminal }) {
    if (action !== 'init' || servers.length === 0)
      throw new UsageError('Name the servers: entendu shards init --library postgres://db0/music SERVER ...');
    const place = values.library;
    if (!place) throw new UsageError('Name the database that everybody uses: --library postgres://db0/music');
    for (const address of [place, ...servers]) parseAddress(address);
    const spread = { place, servers, shards: values.count ?? servers.length };
    for (const statement of statementsFor(spread, false)) terminal.print(`${statement};`);
    if (values.sql) return FOUND;
    await initShards(spread);
    terminal.note(`Ready: --library "${place}?shards=0-${spread.shards - 1}"`);
    return FOUND;
  },
});
