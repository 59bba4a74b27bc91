/** Three databases with standbys, three matchers and a front, all on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary as openOne } from '../../src/library/library.ts';
import { initShards } from '../../src/node/postgres/init-shards.ts';
import { openPostgres } from '../../src/node/postgres/postgres-shelf.ts';
import type { Learnt } from '../../src/types.ts';
import { type ServeProcess, serveProcess } from '../node/shards/serve-process.ts';
import { matching } from '../support/matching.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../support/postgres-server.ts';

export const SHARDS = 3;

export interface Cluster {
  /** The address that everybody uses. */
  place: string;
  /** Of the databases behind it, each with its standby. */
  servers: string[];
  pairs: { primary: PostgresServer; standby: PostgresServer }[];
  folder: string;
  /** Adds these tracks to the shards in turn, each directly on its server. */
  fill(learntOf: (number: number) => Learnt, from: number, to: number): Promise<void>;
  serve(programs: string): Promise<{ matchers: ServeProcess[]; front: ServeProcess }>;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('This needs PostgreSQL: apt install postgresql');
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-shards-'));
  const pairs: Cluster['pairs'] = [];
  const servers: string[] = [];
  const both = (address: string, { primary, standby }: Cluster['pairs'][0]) =>
    address.replace(`:${primary.port}/`, `:${primary.port},127.0.0.1:${standby.port}/`);
  let place = '';
  for (let i = 0; i < SHARDS; i++) {
    const primary = await startPostgres(programs);
    const common = i === 0 ? await primary.newDatabase() : '';
    const own = await primary.newDatabase();
    const pair = { primary, standby: await startPostgres(programs, { of: primary }) };
    pairs.push(pair);
    servers.push(both(own, pair));
    if (i === 0) place = both(common, pair);
  }
  await initShards({ place, servers, shards: SHARDS });
  const processes: ServeProcess[] = [];
  return {
    ...{ place, servers, pairs, folder },
    async fill(learntOf, from, to) {
      for (const [shard, server] of servers.entries()) {
        const { shelf, others } = await openPostgres(`${server}?shard=${shard}`);
        const library = await openOne(shelf, { ...matching, others });
        await library.addAll(
          (async function* () {
            for (let number = from; number < to; number++) if (number % SHARDS === shard) yield learntOf(number);
          })(),
        );
        await library.settled();
        await library.close();
      }
    },
    async serve(built) {
      const matchers: ServeProcess[] = [];
      for (let shard = 0; shard < SHARDS; shard++) {
        const words = ['--library', place, '--shards', String(shard), '--mirror', join(folder, `mirror-${shard}`)];
        matchers.push(await serveProcess(built, words));
      }
      processes.push(...matchers);
      await Promise.all(matchers.map((matcher) => matcher.untilReady()));
      const front = await serveProcess(built, ['--matchers', matchers.map(({ address }) => address).join(',')]);
      processes.push(front);
      await front.untilReady();
      return { matchers, front };
    },
    async stop() {
      for (const one of processes) await one.kill();
      for (const { primary, standby } of pairs) for (const server of [primary, standby]) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
