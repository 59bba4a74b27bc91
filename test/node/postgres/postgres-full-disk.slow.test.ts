/** A library in a PostgreSQL server whose disk has no room left: its tables and its log are on a small disk. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../../../src/library/library.ts';
import { openPostgres } from '../../../src/node/postgres/postgres-shelf.ts';
import { matching } from '../../support/matching.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../../support/postgres-server.ts';
import { someLearnt } from '../../support/prints.ts';
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts';

const programs = postgresPrograms();
const DISK_BYTES = 96 * 2 ** 20;
const disk = programs ? smallDisk(DISK_BYTES) : undefined;
/** A few tracks make a segment: the index, too, must bear with a full disk. */
const options = { ...matching, sealPostings: 3000 };
const learntOf = (seed: number) => someLearnt(seed, { seconds: 60 });
/** A server without room for its log stops; then it does not answer. */
const WORDS =
  /^The disk of the database postgres:.* is full\. Make room there, then try again\.$|^The database postgres:.* does not answer/;
const FAULTS = 4;

describe.runIf(disk)('needs a PostgreSQL server and a small disk: the right to mount a tmpfs', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs as string, { smallDisk: (disk as SmallDisk).at('.') });
  });
  afterAll(async () => {
    await server?.stop();
    disk?.remove();
  });

  const open = async (place: string) => {
    const { shelf, others } = await openPostgres(place);
    return openLibrary(shelf, { ...options, others });
  };

  test.each([0, 200, 3000])(
    'with %i kB left, no track that was told is lost, and it goes on with room',
    {
      timeout: 180_000,
    },
    async (kB) => {
      const { leave } = disk as SmallDisk;
      leave(DISK_BYTES);
      await server.start();
      const place = await server.newDatabase();
      const library = await open(place);
      const told: number[] = [];
      const add = async (seed: number) => {
        await library.add(learntOf(seed));
        told.push(seed);
      };
      await add(1);
      leave(kB * 1024);
      const faults: Error[] = [];
      for (let seed = 2; faults.length < FAULTS; seed++) await add(seed).catch((error) => faults.push(error));
      for (const { name, message } of faults) {
        expect(message).toMatch(WORDS);
        expect(['StorageFull', 'AddressUnreachable']).toContain(name);
      }

      leave(DISK_BYTES);
      await server.start();
      for (let seed = 1001; seed <= 1010; seed++) await add(seed);
      await library.settled();
      expect(await library.verify()).toEqual({ repaired: [], lost: [] });
      await library.close();

      const again = await open(place);
      const { rows } = await again.tracks({ limit: Infinity });
      expect(rows.map(({ title }) => title).sort()).toEqual(told.map((seed) => `Song ${seed}`).sort());
      const prints = await again.packedPrints(rows.map(({ id }) => id));
      expect(prints).toEqual(rows.map(({ contentId }) => learntOf(Number.parseInt(contentId, 16)).print));
      expect(await again.status()).toMatchObject({ pending: 0, damaged: [] });
      await again.close();
    },
  );
});
