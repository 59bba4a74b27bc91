/** Published catalogues from end to end: a folder on a real static host, and libraries that subscribe to it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchWithin } from '../../src/catalogue/bounded-fetch.ts';
import { MANIFEST_NAME, piecePath, readManifest, sha256Of, writeManifest } from '../../src/catalogue/manifest.ts';
import { isDue, takeCatalogue } from '../../src/catalogue/take-catalogue.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { UserError } from '../../src/errors.ts';
import { json, section, startBytes } from '../../src/library/bundle/sections.ts';
import { openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import { publishCatalogue } from '../../src/node/publish/publish-catalogue.ts';
import { makeSigningKey, readSigningKey } from '../../src/node/publish/signing-key.ts';
import { type CatalogueHost, cutOff, hostOf } from '../support/catalogue-host.ts';
import { temporaryFolder } from '../support/folder.ts';
import { kernelModule } from '../support/kernel.ts';
import { matching } from '../support/matching.ts';
import { someLearnt } from '../support/prints.ts';

const engineOn = (shelf: Shelf = openMemory()) => openEngine({ shelf, kernel: kernelModule });
const shortSong = (seed: number) => someLearnt(seed, { seconds: 8 });
const range = (from: number, below: number) => Array.from({ length: below - from }, (_, i) => from + i);

/** An engine whose library has these songs. */
async function engineWith(seeds: number[]): Promise<Engine> {
  const shelf = openMemory();
  const library = await openLibrary(shelf, matching);
  async function* songs() {
    for (const seed of seeds) yield shortSong(seed);
  }
  await library.addAll(songs());
  await library.close();
  return engineOn(shelf);
}

let [folder, removeFolder] = ['', () => {}];
let host: CatalogueHost;
const manifestPath = () => join(folder, 'songs', MANIFEST_NAME);
const publish = (engine: Engine, options = {}) => publishCatalogue(engine, join(folder, 'songs'), options);
const take = (engine: Engine, options = {}) =>
  takeCatalogue(engine.catalogues, fetchWithin, `${host.url}songs`, { retryMs: [1], ...options });
const titles = async (engine: Engine) =>
  (await engine.tracks({ limit: Infinity })).rows.map(({ title }) => title).sort();
const nameOf = (error: unknown) => (error as Error).name;

beforeEach(async () => {
  const { path, remove } = temporaryFolder();
  [folder, removeFolder] = [path, remove];
  mkdirSync(join(folder, 'songs'));
  host = await hostOf(folder);
});
afterEach(() => {
  host.close();
  removeFolder();
});

test('1,000 tracks are taken, and an update of 10 fetches little more than these', async () => {
  const publisher = await engineWith(range(1, 1001));
  const { manifest } = await publish(publisher, { name: 'Valley' });
  expect(manifest.pieces.length).toBeGreaterThan(2);
  const reader = await engineOn();
  expect(await take(reader)).toMatchObject({ added: 1000, removed: 0 });
  const all = host.bytes;
  expect(await titles(reader)).toEqual(await titles(publisher));
  expect((await reader.catalogues.list())[0]).toMatchObject({ name: 'Valley', tracks: 1000 });
  host.bytes = 0;
  expect(await take(reader)).toMatchObject({ added: 0, removed: 0 });
  expect(host.asked.at(-1)).toBe('songs/catalogue.txt');
  const manifestBytes = host.bytes;

  // Three are gone, three have other tags, four are new.
  const { rows } = await publisher.tracks({ sort: 'added', limit: Infinity });
  await publisher.remove([10, 400, 900].map((i) => rows[i].id));
  for (const i of [20, 500, 800]) await publisher.edit(rows[i].id, { title: `${rows[i].title}, again` });
  for (const seed of range(2001, 2005)) await publisher.add(shortSong(seed), { evenIfSimilar: true });
  const { newBytes } = await publish(publisher);
  host.bytes = 0;
  expect(await take(reader)).toMatchObject({ added: 7, removed: 3 });
  expect(await titles(reader)).toEqual(await titles(publisher));
  const tenTracks = (10 * all) / 1000;
  expect(newBytes).toBeLessThan(tenTracks);
  expect(host.bytes - manifestBytes).toBeLessThan(1.2 * tenTracks);
});

test('the same library published elsewhere has the same pieces', async () => {
  const published = async (seeds: number[], name: string) =>
    (await publishCatalogue(await engineWith(seeds), join(folder, name))).manifest.pieces;
  expect(await published(range(1, 301).reverse(), 'b')).toEqual(await published(range(1, 301), 'a'));
});

test('what was downloaded stays when the connection is cut, and the next time goes on from there', async () => {
  await publish(await engineWith(range(1, 501)));
  const reader = await engineOn();
  const { pieces } = await readManifest(readFileSync(manifestPath()));
  const last = pieces.at(-1)!;
  host.instead.set(last.sha256, cutOff);
  expect(await take(reader).catch(nameOf)).toBe('AddressUnreachable');
  expect(host.asked.filter((path) => path.includes(last.sha256))).toHaveLength(2); // it asked again
  expect((await reader.status()).trackCount).toBe(500 - last.tracks);
  expect((await reader.catalogues.list())[0]).toMatchObject({ version: 0, fault: 'AddressUnreachable' });
  host.instead.clear();
  host.bytes = 0;
  expect(await take(reader)).toMatchObject({ added: last.tracks });
  expect(host.bytes).toBe(last.bytes + readFileSync(manifestPath()).length);
  expect((await reader.catalogues.list())[0].fault).toBeUndefined();
});

test('a connection that is cut once is tried again at once', async () => {
  await publish(await engineWith(range(1, 11)));
  let isFirst = true;
  host.instead.set('pieces', (answer, body) => {
    const isCut = isFirst;
    isFirst = false;
    return isCut && cutOff(answer, body);
  });
  expect(await take(await engineOn())).toMatchObject({ added: 10 });
});

test('a damaged piece is not taken, and nothing of it is', async () => {
  await publish(await engineWith(range(1, 11)));
  host.instead.set('pieces', (answer, body) => {
    body[body.length - 100] ^= 1;
    answer.end(body);
    return true;
  });
  const reader = await engineOn();
  expect(await take(reader).catch(nameOf)).toBe('CatalogueDamaged');
  expect((await reader.status()).trackCount).toBe(0);
});

test('a piece that goes on for ever is given up', async () => {
  await publish(await engineWith(range(1, 11)));
  let sent = 0;
  host.instead.set('pieces', (answer) => {
    const more = () => {
      sent += 65536;
      if (!answer.destroyed) answer.write(Buffer.alloc(65536), more);
    };
    more();
    return true;
  });
  expect(await take(await engineOn()).catch(nameOf)).toBe('AddressTooLarge');
  expect(sent).toBeLessThan(2 ** 25);
});

/** Publishes a piece of which the manifest says something else than it holds. */
async function hostilePiece(claimed: object, bytes?: Uint8Array<ArrayBuffer>): Promise<void> {
  const { manifest } = await publish(await engineWith(range(1, 11)));
  const [piece] = manifest.pieces;
  const body = bytes ?? new Uint8Array(readFileSync(join(folder, 'songs', piecePath(piece.sha256))));
  const sha256 = await sha256Of(body);
  writeFileSync(join(folder, 'songs', piecePath(sha256)), body);
  const lie = { ...piece, sha256, bytes: body.length, ...claimed };
  const tracks = lie.tracks - ((lie as { without?: string[] }).without?.length ?? 0);
  writeFileSync(manifestPath(), await writeManifest({ ...manifest, tracks, pieces: [lie] }));
}

test.each([
  ['fewer tracks than it holds', { tracks: 9 }],
  ['more tracks than it holds', { tracks: 11 }],
  ['to be without a track that it has not', { tracks: 10, without: ['f'.repeat(64)] }],
  ['to be larger than it is', { bytes: 2 ** 20 }],
])('a piece that claims %s is refused', async (_, claimed) => {
  await hostilePiece(claimed);
  const reader = await engineOn();
  expect(await take(reader).catch(nameOf)).toBe('CatalogueDamaged');
  expect((await reader.status()).trackCount).toBe(0);
});

test('a piece whose name is right but which is no bundle is refused', async () => {
  await hostilePiece(
    {},
    Uint8Array.from({ length: 500 }, (_, i) => i % 256),
  );
  const reader = await engineOn();
  expect(await take(reader).catch(nameOf)).toBe('BundleForeign');
  expect((await reader.status()).trackCount).toBe(0);
});

test('an update signed with another key, or with none, is refused and told', async () => {
  const publisher = await engineWith(range(1, 11));
  const [mine, other] = ['mine.pem', 'other.pem'].map((name) => join(folder, name));
  const publicKey = await makeSigningKey(mine);
  await makeSigningKey(other);
  await publish(publisher, { signer: await readSigningKey(mine), now: 1e12 });
  const reader = await engineOn();
  await take(reader);
  expect((await reader.catalogues.list())[0].key).toBe(publicKey);
  await publisher.add(shortSong(11), { evenIfSimilar: true });
  for (const signer of [await readSigningKey(other), undefined]) {
    await publish(publisher, { signer });
    expect(await take(reader).catch(nameOf)).toBe('CatalogueKeyChanged');
    expect((await reader.status()).trackCount).toBe(10);
    expect((await reader.catalogues.list())[0].fault).toBe('CatalogueKeyChanged');
  }
  await publish(publisher, { signer: await readSigningKey(mine) });
  expect(await take(reader)).toMatchObject({ added: 1 });
});

test('an older version does not replace a newer one', async () => {
  const publisher = await engineWith(range(1, 11));
  await publish(publisher, { now: 1e12 });
  const old = readFileSync(manifestPath());
  await publisher.add(shortSong(11), { evenIfSimilar: true });
  await publish(publisher);
  const reader = await engineOn();
  await take(reader);
  writeFileSync(manifestPath(), old);
  expect(await take(reader).catch(nameOf)).toBe('CatalogueOlder');
  expect((await reader.status()).trackCount).toBe(11);
});

test('when the host is gone its songs stay, and it is told', async () => {
  await publish(await engineWith(range(1, 11)));
  const shelf = openMemory();
  const reader = await engineOn(shelf);
  await take(reader);
  host.close();
  expect(await take(reader).catch(nameOf)).toBe('AddressUnreachable');
  const again = await engineOn(shelf);
  expect((await again.tracks({ search: 'Song 7' })).total).toBe(1);
  expect((await again.catalogues.list())[0]).toMatchObject({ tracks: 10, fault: 'AddressUnreachable' });
});

test('a full storage ends the update; what is here stays, and later it goes on', async () => {
  await publish(await engineWith(range(1, 601)));
  const memory = openMemory();
  let room = 8;
  const shelf: Shelf = {
    ...memory,
    async write(changes, lazy) {
      const isAdding = changes.some((change) => change.store === 'prints' && 'row' in change);
      if (isAdding && --room < 0) throw new UserError('StorageFull', 'There is no storage left.');
      return memory.write(changes, lazy);
    },
  };
  const reader = await engineOn(shelf);
  expect(await take(reader).catch(nameOf)).toBe('StorageFull');
  const { trackCount } = await reader.status();
  expect(trackCount).toBeGreaterThan(0);
  expect(trackCount).toBeLessThan(600);
  room = Infinity;
  await take(reader);
  expect((await reader.status()).trackCount).toBe(600);
});

test('a redirect to another host is not followed until it is allowed', async () => {
  await publish(await engineWith(range(1, 11)));
  const other = await hostOf(folder);
  host.instead.set('songs', (answer) => {
    const to = `${other.url}songs/${host.asked.at(-1)?.slice('songs/'.length)}`;
    answer.writeHead(302, { location: to }).end();
    return true;
  });
  const reader = await engineOn();
  const error = (await take(reader).catch((thrown) => thrown)) as { name: string; host: string };
  expect(error).toMatchObject({ name: 'AddressElsewhere', host: new URL(other.url).host });
  expect(await take(reader, { hosts: [error.host] })).toMatchObject({ added: 10 });
  expect(await take(reader)).toMatchObject({ added: 0 }); // it remembers that
  other.close();
});

test("its songs leave together; one's own stay, also those that are in the catalogue", async () => {
  await publish(await engineWith(range(1, 11)));
  const reader = await engineWith([3, 50]);
  const { number, added } = await take(reader);
  expect(added).toBe(9);
  const marked = await reader.tracks({ catalogue: number });
  expect(marked.total).toBe(9);
  expect((await reader.tracks({ catalogue: number, search: 'Song 7' })).total).toBe(1);
  // Learning the file of one makes it one's own.
  const own = await reader.add(shortSong(5), { evenIfSimilar: true });
  expect(own).toMatchObject({ state: 'added', track: { title: 'Song 5' } });
  await reader.catalogues.unsubscribe(number);
  expect(await titles(reader)).toEqual(['Song 3', 'Song 5', 'Song 50']);
  expect(await reader.catalogues.list()).toEqual([]);
});

/** As the app makes one. */
async function backupOf(engine: Engine): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const write = async (bytes: Uint8Array) => void parts.push(Uint8Array.from(bytes));
  await engine.exportBundle({ sessions: true }, write);
  return new Blob(parts);
}

test('a backup keeps which songs are of a catalogue, and the subscription goes on from it', async () => {
  const publisher = await engineWith(range(1, 11));
  await publish(publisher);
  const reader = await engineWith([50]);
  await take(reader, { weekly: true });
  const backup = await backupOf(reader);
  const other = await engineWith([60]);
  await takeCatalogue(other.catalogues, fetchWithin, (await publishedElsewhere()).address);
  for (const [engine, mode, left] of [
    [await engineOn(), 'merge', ['Song 50']],
    [await engineWith([70]), 'merge', ['Song 50', 'Song 70']],
    [other, 'replace', ['Song 50']],
    [reader, 'replace', ['Song 50']],
  ] as const) {
    await engine.importBundle(backup, mode);
    const [subscribed, ...more] = await engine.catalogues.list();
    expect(more).toEqual([]);
    expect(subscribed).toMatchObject({ address: `${host.url}songs/catalogue.txt`, weekly: true, tracks: 10 });
    expect((await engine.tracks({ catalogue: subscribed.number })).total).toBe(10);
    host.bytes = 0;
    expect(await take(engine)).toMatchObject({ added: 0, removed: 0 });
    expect(host.bytes).toBe(readFileSync(manifestPath()).length);
    await engine.catalogues.unsubscribe(subscribed.number);
    expect(await titles(engine)).toEqual(left);
  }
});

test.each([
  ['no address', { address: 7 }],
  ['the number of the state', { number: 0 }],
])('a backup whose subscription has %s is refused, and nothing is taken', async (_, wrong) => {
  await publish(await engineWith(range(1, 11)));
  const reader = await engineOn();
  await take(reader);
  const [row] = await reader.catalogues.list();
  const forged = await engineOn();
  const head = { name: '', made: 0, kernel: 1, tracks: 0, seconds: 0, catalogues: [{ ...row, ...wrong }] };
  const bundle = new Blob(
    [startBytes(2), section('HEAD', json(head)), section('END', new Uint8Array(0))].map((part) =>
      Uint8Array.from(part),
    ),
  );
  expect(await forged.importBundle(bundle, 'merge').catch(nameOf)).toBe('BundleDamaged');
  expect(await forged.catalogues.list()).toEqual([]);
});

async function publishedElsewhere() {
  await publishCatalogue(await engineWith(range(20, 23)), join(folder, 'elsewhere'));
  return { address: `${host.url}elsewhere/` };
}

test('what came with a catalogue is not published again', async () => {
  await publish(await engineWith(range(1, 11)));
  const reader = await engineWith([20]);
  await take(reader);
  const { manifest } = await publishCatalogue(reader, join(folder, 'mine'));
  expect(manifest.tracks).toBe(1);
});

test('a song of two catalogues stays until both are gone', async () => {
  await publish(await engineWith(range(1, 11)));
  await publishCatalogue(await engineWith(range(6, 16)), join(folder, 'more'));
  const reader = await engineOn();
  const more = () => takeCatalogue(reader.catalogues, fetchWithin, `${host.url}more/`);
  const first = await take(reader);
  expect(await more()).toMatchObject({ added: 5 });
  await reader.catalogues.unsubscribe(first.number);
  expect((await reader.status()).trackCount).toBe(5);
  await more();
  expect((await reader.status()).trackCount).toBe(10);
});

test('a folder that lost a piece is published whole again', async () => {
  const publisher = await engineWith(range(1, 11));
  const { manifest } = await publish(publisher);
  const piece = join(folder, 'songs', piecePath(manifest.pieces[0].sha256));
  const bytes = readFileSync(piece);
  writeFileSync(piece, 'damaged');
  expect(await publish(publisher)).toMatchObject({ newPieces: 1, hasChanged: false });
  expect(readFileSync(piece)).toEqual(bytes);
});

test('weekly news are due after a week, if they are allowed', () => {
  const catalogue = { number: 1, address: '', name: '', version: 1, tracks: 1, hosts: [], checked: 1e12 };
  expect(isDue({ ...catalogue, weekly: true }, 1e12 + 8 * 86_400_000)).toBe(true);
  expect(isDue({ ...catalogue, weekly: true }, 1e12 + 6 * 86_400_000)).toBe(false);
  expect(isDue({ ...catalogue, weekly: false }, 1e12 + 8 * 86_400_000)).toBe(false);
});
