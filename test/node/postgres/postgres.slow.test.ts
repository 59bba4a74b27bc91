/** A library in a real PostgreSQL server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../../../src/library/library.ts';
import type { Shelf } from '../../../src/library/shelf/shelf.ts';
import { copyLibrary } from '../../../src/node/copy-library.ts';
import { openShelf } from '../../../src/node/open-shelf.ts';
import { type Library as NodeLibrary, openLibrary as openNodeLibrary } from '../../../src/node/package.ts';
import { openPostgres } from '../../../src/node/postgres/postgres-shelf.ts';
import { builtProgram } from '../../support/built-programs.ts';
import { livedAndKilled } from '../../support/killed.ts';
import { BUSY, faultsOf } from '../../support/live.ts';
import { matching } from '../../support/matching.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../../support/postgres-server.ts';
import { someLearnt } from '../../support/prints.ts';
import { random } from '../../support/random.ts';
import { contract } from '../../support/shelf-contract.ts';

const programs = postgresPrograms();
/** `LIVES=50 PGCONNECT_TIMEOUT=60 npx vitest run --project slow postgres -t 'killed at any moment'` kills a hundred processes. */
const LIVES = Number(process.env.LIVES ?? 3);

describe.skipIf(!programs)('in PostgreSQL (skipped where no server is installed: apt install postgresql)', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs as string);
  });
  afterAll(() => server.stop());

  const open = async (place: string, readOnly = false) => {
    const { shelf, others } = await openPostgres(place, { readOnly });
    return openLibrary(shelf, { ...matching, others });
  };

  test.each(Object.entries(contract))('%s', async (_sentence, look) => {
    const place = await server.newDatabase();
    const openShelf = async (): Promise<Shelf> => {
      const { shelf, others } = await openPostgres(place);
      const { close } = shelf;
      shelf.close = async () => {
        others.close();
        await close.call(shelf);
      };
      return shelf;
    };
    for (const [seen, expected] of await look(openShelf, true)) expect(seen).toEqual(expected);
  });

  test('shards of one database are libraries of their own', async () => {
    const place = await server.newDatabase();
    const [first, second] = [await open(place), await open(`${place}?shard=7`)];
    await first.add(someLearnt(1));
    expect((await second.tracks({})).total).toBe(0);
    expect((await second.add(someLearnt(1))).id).toBe(1);
    await Promise.all([first.close(), second.close()]);
  });

  test('programs that add at once take turns, and each sees what the others add', async () => {
    const place = await server.newDatabase();
    const libraries = [await open(place), await open(place), await open(place)];
    const adding = libraries.flatMap((library, i) =>
      [1, 2, 3, 4].map((n) => library.add(someLearnt(n < 3 ? n : n + i * 10))),
    );
    const tracks = await Promise.all(adding);
    expect(new Set(tracks.map(({ id }) => id)).size).toBe(2 + 2 * 3);
    for (const library of libraries) await expect.poll(async () => (await library.tracks({})).total).toBe(8);
    await Promise.all(libraries.map((library) => library.settled()));
    expect(await libraries[0].verify()).toEqual({ repaired: [], lost: [] });
    await Promise.all(libraries.map((library) => library.close()));
  });

  test('a reader that stays open sees what is added', async () => {
    const place = await server.newDatabase();
    const writer = await open(place);
    const reader = await open(place, true);
    await writer.add(someLearnt(1));
    await expect.poll(async () => (await reader.tracks({})).total).toBe(1);
    await expect(reader.add(someLearnt(2))).rejects.toThrow('reading only');
    await Promise.all([writer.close(), reader.close()]);
  });

  test('who has lost the connection, and with it the turn, cannot write any more', async () => {
    const place = await server.newDatabase();
    const [slow, quick] = [await openPostgres(place), await openPostgres(place)];
    const change = (value: number) => [{ store: 'tracks', key: 1, row: Uint8Array.of(value) } as const];
    const late = slow.others.exclusive('intake', async () => {
      await slow.shelf.write(change(1));
      server.cutConnections();
      await setTimeout(200); // until both have noticed
      await quick.others.exclusive('intake', () => quick.shelf.write(change(2)));
      await slow.shelf.write(change(3));
    });
    await expect(late).rejects.toThrow('another program writes now');
    expect(await quick.shelf.read('tracks', [1])).toEqual([Uint8Array.of(2)]);
    await slow.others.exclusive('intake', () => slow.shelf.write(change(4)));
    for (const { shelf, others } of [slow, quick]) {
      others.close();
      await shelf.close();
    }
  });

  test('a server that was killed and started again has all that was reported', async () => {
    const place = await server.newDatabase();
    const library = await open(place);
    await library.add(someLearnt(1));
    await server.kill();
    await expect(library.add(someLearnt(2))).rejects.toThrow('does not answer');
    await server.start();
    await library.add(someLearnt(3));
    await library.settled();
    expect((await library.tracks({})).total).toBe(2);
    expect(await library.verify()).toEqual({ repaired: [], lost: [] });
    await library.close();
  });

  test('a library is the same after it was copied into a database and back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'entendu-copy-'));
    const place = await server.newDatabase();
    const first = join(folder, 'first');
    const library = await openLibrary((await openShelf(first)).shelf, { ...matching, sealPostings: 2000 });
    for (let seed = 1; seed < 9; seed++) await library.add(someLearnt(seed));
    await library.settled();
    await library.close();
    const told: number[] = [];
    const { rows } = await copyLibrary(first, place, (done) => told.push(done.rows));
    expect(told.at(-1)).toBe(rows);
    const copied = await open(place);
    expect((await copied.tracks({})).total).toBe(8);
    expect(await copied.verify()).toEqual({ repaired: [], lost: [] });
    await copied.close();
    await expect(copyLibrary(first, place)).rejects.toThrow('already');
    await copyLibrary(place, join(folder, 'second'));
    for (const store of ['tracks', 'prints', 'segments', 'pages'] as const) {
      const rowsIn = async (name: string) => {
        const { shelf } = await openShelf(join(folder, name), { readOnly: true });
        const listed = await shelf.list(store);
        await shelf.close();
        return listed;
      };
      expect(await rowsIn('second')).toEqual(await rowsIn('first'));
    }
    const stopped = copyLibrary(first, join(folder, 'third'), () => {}, AbortSignal.abort());
    await expect(stopped).rejects.toThrow();
    await copyLibrary(first, join(folder, 'third'));
    rmSync(folder, { recursive: true });
  });

  test('a bundle goes into a database and comes out again, with progress', async () => {
    const bytesOf = async (library: NodeLibrary) => {
      const parts: Uint8Array[] = [];
      await library.exportBundle({}, async (bytes) => void parts.push(bytes.slice()));
      return Buffer.concat(parts);
    };
    const folder = mkdtempSync(join(tmpdir(), 'entendu-bundle-'));
    const first = await openNodeLibrary(join(folder, 'first'));
    for (let seed = 1; seed < 6; seed++) await first.add(someLearnt(seed), { evenIfSimilar: true });
    const bytes = await bytesOf(first);
    const database = await openNodeLibrary(await server.newDatabase());
    const told: number[] = [];
    await database.importBundle(new Blob([bytes]), 'merge', ({ done }) => told.push(done));
    expect(told.length).toBeGreaterThan(0);
    // What leaves the database is the same but for file names, which stay, and the times at which tracks were added.
    const again = await openNodeLibrary(join(folder, 'again'));
    await again.importBundle(new Blob([await bytesOf(database)]), 'merge');
    const tracksIn = async (library: NodeLibrary) =>
      (await library.tracks({ sort: 'title' })).rows.map(({ added, fileName, ...track }) => track);
    expect(await tracksIn(again)).toEqual(await tracksIn(first));
    expect(await again.constellation(3)).toEqual(await first.constellation(3));
    expect(await database.verify()).toEqual({ repaired: [], lost: [] });
    await Promise.all([first, database, again].map((library) => library.close()));
    rmSync(folder, { recursive: true });
  });

  test('of two programs killed at any moment nothing is lost that they reported', {
    timeout: 120_000 + LIVES * 60_000,
  }, async () => {
    const place = await server.newDatabase();
    const program = await builtProgram('test/library/live-child.ts');
    const next = random(21);
    const reports: string[] = [];
    for (let life = 0; life < LIVES; life++) {
      const lives = [1 + life * 2000, 1001 + life * 2000].map((seed) =>
        livedAndKilled(program, place, seed, next() * 400),
      );
      reports.push(...(await Promise.all(lives)).flat());
      const { shelf, others } = await openPostgres(place);
      const library = await openLibrary(shelf, { ...BUSY, others });
      expect(await faultsOf(library, reports)).toEqual([]);
      await library.close();
    }
    expect(reports.length).toBeGreaterThan(LIVES);
    console.log(`${2 * LIVES} processes killed, ${reports.length} reports, none of them lost`);
  });

  test('a library of an earlier version gets the tables that it lacks', async () => {
    const place = await server.newDatabase();
    await (await open(place)).close();
    const name = new URL(place).pathname.slice(1);
    server.query(name, 'DROP TABLE entendu.lyrics; UPDATE entendu.version SET version = 1');
    const { shelf, others } = await openPostgres(place);
    await shelf.write([{ store: 'lyrics', key: 1, row: Uint8Array.of(1) }]);
    expect(await shelf.read('lyrics', [1])).toEqual([Uint8Array.of(1)]);
    others.close();
    await shelf.close();
  });

  test('what is wrong with an address is said in a sentence', async () => {
    const place = await server.newDatabase();
    const refusals: [string, string][] = [
      ['postgres://postgres@127.0.0.1:1/music', 'does not answer'],
      [place.replace(/music\d+/, 'elsewhere'), 'Make it with "createdb"'],
      [`${place}?shard=x`, 'no shard'],
      ['postgres://[', 'no address of a database'],
    ];
    for (const [address, sentence] of refusals) await expect(openPostgres(address)).rejects.toThrow(sentence);
    await expect(openPostgres(place, { readOnly: true })).rejects.toThrow('There is no library in');
    await (await open(place)).close();
    server.query(new URL(place).pathname.slice(1), 'UPDATE entendu.version SET version = 99');
    await expect(openPostgres(place)).rejects.toThrow('newer version');
  });
});
