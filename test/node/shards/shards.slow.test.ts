/** Shards in a real database, matchers and fronts as processes of their own, and what happens when they fail. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shardOf } from '../../../src/engine/shards/shard-numbers.ts';
import { type Library, openLibrary } from '../../../src/node/package.ts';
import { withShard } from '../../../src/node/postgres/postgres-address.ts';
import type { RecognizeAnswer } from '../../../src/server/answers.ts';
import { builtForNode } from '../../support/built-programs.ts';
import { stretchOf, temporaryFolder } from '../../support/folder.ts';
import { music } from '../../support/music.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../../support/postgres-server.ts';
import { wav } from '../../support/recording.ts';
import { smallDisk } from '../../support/small-disk.ts';
import { type ServeProcess, serveProcess } from './serve-process.ts';

const postgres = postgresPrograms();
const folder = temporaryFolder();
const SONGS = 6;
const songOf = (seed: number) => music(24, 11025, seed);
const fileOf = (seed: number) => folder.sound(`Wood - Song ${seed}.wav`, songOf(seed));
const clipOf = (seed: number) => {
  const { samples, sampleRate } = stretchOf(songOf(seed), 8, 7);
  return new Blob([Uint8Array.from(wav(samples, sampleRate))]);
};
const titlesIn = ({ matches }: RecognizeAnswer) => matches.map(({ track }) => track.title);

const PATIENT = { timeout: 180_000 };

describe.skipIf(!postgres)(
  'shards in PostgreSQL (skipped where no server is installed: apt install postgresql)',
  () => {
    let programs: string;
    let primary: PostgresServer;
    let standby: PostgresServer;
    let place: string;
    let library: Library;
    let shardOfSong: Map<number, number>;
    const processes: ServeProcess[] = [];

    const serve = async (words: string[], env?: NodeJS.ProcessEnv) => {
      const started = await serveProcess(programs, words, env);
      processes.push(started);
      return started;
    };
    let mirrors = 0;
    const matcher = (shards: string, mirror = folder.at(`mirror-${mirrors++}`), port = '0') =>
      serve(['--library', place, '--shards', shards, '--mirror', mirror, '--port', port]);
    const front = (matchers: ServeProcess[], ...words: string[]) =>
      serve(['--matchers', matchers.map(({ address }) => address).join(','), ...words]);

    beforeAll(async () => {
      programs = await builtForNode();
      primary = await startPostgres(postgres as string);
      const one = await primary.newDatabase();
      standby = await startPostgres(postgres as string, { of: primary });
      place = one.replace(`:${primary.port}/`, `:${primary.port},127.0.0.1:${standby.port}/`);
      library = await openLibrary(`${place}?shards=0-2`);
      shardOfSong = new Map();
      for (let seed = 1; seed <= SONGS; seed++) {
        const added = await library.addFile(fileOf(seed));
        if (added.state === 'added') shardOfSong.set(seed, shardOf(added.track.id));
      }
    }, 240_000);
    afterAll(async () => {
      await Promise.all(processes.map((one) => one.kill()));
      await library?.close();
      await primary?.stop();
      await standby?.stop();
      folder.remove();
    }, 60_000);

    test('new tracks go to the shard with most room, and a file is in one shard only', PATIENT, async () => {
      expect([...shardOfSong.values()].sort()).toEqual([0, 0, 1, 1, 2, 2]);
      expect((await library.addFile(fileOf(2))).state).toBe('known');
      const other = await openLibrary(`${place}?shards=0-2`);
      const both = await Promise.all([library, other].map((one) => one.addFile(fileOf(7))));
      expect(both.map(({ state }) => state).sort()).toEqual(['added', 'known']);
      const { rows, total } = await other.tracks({ search: 'Song', limit: 3, offset: 2 });
      expect([total, rows.map(({ title }) => title)]).toEqual([SONGS + 1, ['Song 3', 'Song 4', 'Song 5']]);
      await other.edit(rows[0].id, { album: 'Trees' });
      expect((await other.track(rows[0].id))?.album).toBe('Trees');
      const seven = both.flatMap((added) => (added.state === 'added' ? added.track.id : []));
      await other.remove(seven);
      expect((await other.status()).trackCount).toBe(SONGS);
      const { matches } = await other.recognize(stretchOf(songOf(3), 8, 7));
      expect(matches.map(({ track }) => track.id)).toEqual([rows[0].id]);
      await other.close();
      const one = await openLibrary(withShard(place, 1), { readOnly: true });
      expect((await one.tracks({})).rows.map(({ title }) => title)).toEqual(
        [...shardOfSong].flatMap(([seed, shard]) => (shard === 1 ? `Song ${seed}` : [])),
      );
      await one.close();
    });

    test('matchers and a front answer, also while a matcher is gone, slow or back', PATIENT, async () => {
      const [first, second] = [await matcher('0-1'), await matcher('1-2')];
      const third = await matcher('0,2');
      const asked = await front([first, second, third], '--wait', '8');
      await Promise.all([first, second, third].map((one) => one.untilReady()));
      await asked.untilReady();
      for (let seed = 1; seed <= SONGS; seed++) {
        const answer = await asked.client.recognize(clipOf(seed));
        expect(titlesIn(answer)).toEqual([`Song ${seed}`]);
        expect(answer.partial).toBeUndefined();
        expect(shardOf(answer.matches[0].track.id)).toBe(shardOfSong.get(seed));
        expect((await asked.client.track(answer.matches[0].track.id)).title).toBe(`Song ${seed}`);
      }
      const unknown = await asked.client.recognize(clipOf(50));
      expect([unknown.status, unknown.partial]).toEqual(['none', undefined]);

      // Stopped without notice: the other matcher of its shards answers, within the time that was given.
      first.signal('SIGSTOP');
      const begun = performance.now();
      const late = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => asked.client.recognize(clipOf(seed))));
      expect(performance.now() - begun).toBeLessThan(6 * 8000);
      expect(late.map(titlesIn)).toEqual([1, 2, 3, 4, 5, 6].map((seed) => [`Song ${seed}`]));
      expect(late.map(({ partial }) => partial)).toEqual(late.map(() => undefined));
      first.signal('SIGCONT');

      // Killed: the same; without any other, the answer is partial and says so.
      await third.kill();
      for (const seed of [1, 2, 3])
        expect(titlesIn(await asked.client.recognize(clipOf(seed)))).toEqual([`Song ${seed}`]);
      await second.kill();
      for (let seed = 1; seed <= SONGS; seed++) {
        const answer = await asked.client.recognize(clipOf(seed));
        expect(titlesIn(answer)).toEqual(shardOfSong.get(seed) === 2 ? [] : [`Song ${seed}`]);
        expect(answer.partial).toEqual({ shards: [2], matchers: [] });
      }

      // A front that is started again knows nothing of shard 2, but that a matcher was never reached.
      await asked.kill();
      const again = await front([first, second], '--wait', '3');
      await again.untilReady();
      const answer = await again.client.recognize(clipOf(1));
      expect(answer.partial).toEqual({ shards: [], matchers: [second.address] });
      const told = await front([first, second], '--shards', '0-2', '--wait', '3');
      await told.untilReady();
      expect((await told.client.recognize(clipOf(1))).partial).toEqual({ shards: [2], matchers: [] });
      const only = await front([first], '--wait', '1');
      await only.untilReady();
      first.signal('SIGSTOP');
      const alone = await only.client.recognize(clipOf(1)).catch((error) => error);
      expect(alone.partial ?? alone.message).toEqual(
        alone.partial ? { shards: [0, 1], matchers: [] } : expect.stringContaining('No matcher answers'),
      );
      first.signal('SIGCONT');
      await Promise.all([again, told, only, first].map((one) => one.kill()));
    });

    test('when the database is killed, matchers go on, and a standby takes over', PATIENT, async () => {
      const one = await matcher('0-2');
      const asked = await front([one]);
      await one.untilReady();
      await asked.untilReady();
      await primary.kill();
      expect(titlesIn(await asked.client.recognize(clipOf(4)))).toEqual(['Song 4']);
      const begun = performance.now();
      const read = await library.tracks({});
      expect(read.total).toBe(SONGS);
      standby.promote();
      const added = await library.addFile(fileOf(8));
      expect(added.state, JSON.stringify(added)).toBe('added');
      console.log(`written ${Math.round(performance.now() - begun)} ms after the server was killed`);
      expect((await library.verify()).lost).toEqual([]);
      const isKnown = async () => titlesIn(await asked.client.recognize(clipOf(8)));
      await expect.poll(isKnown, { timeout: 60_000, interval: 500 }).toEqual(['Song 8']);
      await Promise.all([one, asked].map((each) => each.kill()));
    });

    test('a matcher that is started again has its copy, and copies only what is new', PATIENT, async () => {
      const mirror = folder.at('kept');
      const first = await matcher('0-2', mirror);
      await first.untilReady();
      expect(first.told()).toMatch(/Shard 2 is ready: [\d.]+ MB copied at [\d.]+ MB\/s/);
      await first.kill();
      const second = await matcher('0-2', mirror);
      await second.untilReady();
      expect(second.told()).toContain('Shard 2 is ready; it was here before.');
      await second.kill();
    });

    test('a matcher of another version is not used, and it is said which', PATIENT, async () => {
      const other: Server = createServer((_, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(
          JSON.stringify({ protocol: 99, kernelFormat: 99, shards: [{ number: 0, tracks: 1, seconds: 1 }] }),
        );
      });
      await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
      const address = `http://127.0.0.1:${(other.address() as { port: number }).port}`;
      const asked = await serve(['--matchers', address]);
      const trouble = async () => (await (await fetch(`${asked.address}/health/ready`)).json()).detail;
      await expect.poll(trouble, { timeout: 30_000 }).toContain('another version');
      expect(await asked.ready()).toBe(503);
      await expect(asked.client.recognize(clipOf(1))).rejects.toThrow('Update Entendu on all machines');
      await asked.kill();
      other.close();
      const refused = serve(['--library', `${place.replace(/\/music\d+/, '/nowhere')}`, '--shards', '0']);
      const lost = await refused;
      await expect.poll(() => lost.told(), { timeout: 30_000 }).toContain('There is no database');
      expect(await lost.ready()).toBe(503);
      await lost.kill();
    });

    const disk = smallDisk(2 ** 22);
    afterAll(() => disk?.remove());
    describe.runIf(disk)('needs a small disk: the right to mount a tmpfs', () => {
      test('a matcher whose disk is full says so, and goes on when there is room', PATIENT, async () => {
        disk?.leave(2 ** 15);
        const one = await matcher('0-2', disk?.at('mirror'));
        await expect.poll(() => one.told(), { timeout: 60_000 }).toMatch(/disk is full/i);
        expect(await one.ready()).toBe(503);
        disk?.leave(2 ** 22);
        await one.untilReady();
        await one.kill();
      });
    });
  },
);
