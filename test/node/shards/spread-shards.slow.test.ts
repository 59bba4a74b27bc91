/** Shards on several servers behind one address (`postgres_fdw`), of which one is killed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shardOf } from '../../../src/engine/shards/shard-numbers.ts';
import { openLibrary } from '../../../src/node/package.ts';
import { initShards, statementsFor } from '../../../src/node/postgres/init-shards.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../../support/postgres-server.ts';
import { someLearnt } from '../../support/prints.ts';

const programs = postgresPrograms();
const PATIENT = { timeout: 180_000 };

describe.skipIf(!programs)('on several servers (skipped where no server is installed: apt install postgresql)', () => {
  let front: PostgresServer;
  let second: PostgresServer;
  let standby: PostgresServer;
  let place: string;
  let spread: { place: string; servers: string[]; shards: number };

  beforeAll(async () => {
    front = await startPostgres(programs as string);
    second = await startPostgres(programs as string);
    place = await front.newDatabase();
    const [first, other] = [await front.newDatabase(), await second.newDatabase()];
    standby = await startPostgres(programs as string, { of: second });
    const both = other.replace(`:${second.port}/`, `:${second.port},127.0.0.1:${standby.port}/`);
    spread = { place, servers: [first, both], shards: 3 };
    await initShards(spread);
  }, 180_000);
  afterAll(async () => {
    for (const server of [front, second, standby]) await server?.stop();
  });

  test('tracks lie on their servers, and everybody uses one address', PATIENT, async () => {
    const library = await openLibrary(`${place}?shards=0-2`);
    for (let seed = 1; seed <= 6; seed++) await library.add(someLearnt(seed), { evenIfSimilar: true });
    expect((await library.tracks({})).rows.map(({ id }) => shardOf(id)).sort()).toEqual([0, 0, 1, 1, 2, 2]);
    const rowsOn = (server: PostgresServer, database: string) =>
      server.query(database, 'SELECT string_agg(DISTINCT shard::text, $$,$$) FROM entendu.tracks');
    expect([rowsOn(front, 'music2'), rowsOn(second, 'music1')]).toEqual(['0,2', '1']);
    const reader = await openLibrary(`${place}?shards=0-2`, { readOnly: true });
    const { track } = (await library.add(someLearnt(7), { evenIfSimilar: true })) as { track: { id: number } };
    await expect.poll(() => reader.track(track.id), { timeout: 20_000 }).toBeDefined();
    await reader.close();
    await library.close();
  });

  test('a server is killed and its standby takes over: nothing is lost, and writing goes on', PATIENT, async () => {
    const library = await openLibrary(`${place}?shards=0-2`);
    const before = (await library.status()).trackCount;
    await second.kill();
    const begun = performance.now();
    const faults: string[] = [];
    standby.promote();
    for (let seed = 8; seed <= 13; seed++) {
      const adding = () => library.add(someLearnt(seed), { evenIfSimilar: true });
      // The first write on a lost connection fails; the second finds the standby.
      await adding().catch(async ({ message }) => {
        faults.push(message);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return adding();
      });
    }
    console.log(`written ${Math.round(performance.now() - begun)} ms after the server was killed; ${faults}`);
    for (const fault of faults) expect(fault).toMatch(/does not answer|refused the request|was lost/);
    expect((await library.status()).trackCount).toBe(before + 6);
    expect((await library.verify()).lost).toEqual([]);
    await library.close();
  });

  test('it can be repeated with more shards, and refuses a database that has a library', PATIENT, async () => {
    const nowhere = await openLibrary(`${place}?shard=3`);
    await expect(nowhere.add(someLearnt(20))).rejects.toThrow('no such shard');
    await nowhere.close();
    await initShards({ ...spread, shards: 4 });
    const library = await openLibrary(`${place}?shard=3`);
    await library.add(someLearnt(20));
    await library.close();
    await expect(initShards({ ...spread, place: spread.servers[0] })).rejects.toThrow('tables of its own');
  });

  test('the SQL is shown without passwords', () => {
    const servers = ["postgres://ann:se'cret@first:5432,second:5433/music"];
    const [shown, real] = [false, true].map((secret) =>
      statementsFor({ place, servers, shards: 1 }, secret).join('\n'),
    );
    expect(shown).toContain("host 'first,second', port '5432,5433'");
    expect(shown).not.toContain('cret');
    expect(real).toContain("password 'se''cret'");
  });
});
