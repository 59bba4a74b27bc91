import { expect, test } from 'vitest';
import { type Library, openLibrary } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import { landmarksOf } from '../../src/match/landmarks.ts';
import type { Print } from '../../src/types.ts';
import { matching } from '../support/matching.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { someLearnt, somePrint } from '../support/prints.ts';

const open = (shelf: Shelf = openMemory()): Promise<Library> => openLibrary(shelf, matching);

test('a track that was added is there after opening again', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  const cover = new Blob([Uint8Array.of(1, 2, 3)], { type: 'image/webp' });
  const track = await library.add({ ...someLearnt(1), cover });
  const again = await open(shelf);
  expect(again.track(track.id)).toEqual(track);
  expect(again.known(track.contentId)).toEqual(track);
  expect(await again.prints([track.id])).toEqual([somePrint(1)]);
  const kept = await again.cover(track.id);
  expect(kept?.type).toBe('image/webp');
  expect(new Uint8Array(await (kept as Blob).arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
});

test('tracks get numbers of their own, also after others went', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  const first = await library.add(someLearnt(1));
  await library.remove([first.id]);
  await library.close();
  const again = await open(shelf);
  expect((await again.add(someLearnt(2))).id).toBeGreaterThan(first.id);
});

test('a removed track is not listed, known or answered, and comes back when restored', async () => {
  const library = await open();
  const [a, b] = [await library.add(someLearnt(1)), await library.add(someLearnt(2))];
  await library.remove([a.id]);
  expect((await library.tracks({})).rows.map(({ id }) => id)).toEqual([b.id]);
  expect(library.known(a.contentId)).toBeUndefined();
  expect(library.track(a.id)).toBeUndefined();
  expect([...library.stretches().tracks]).toEqual([b.id]);
  await library.restore([a.id]);
  expect(library.track(a.id)).toEqual(a);
  expect([...library.stretches().tracks]).toEqual([a.id, b.id]);
});

test('a disabled track is listed, but never an answer', async () => {
  const library = await open();
  const { id } = await library.add(someLearnt(1));
  await library.edit(id, { enabled: false });
  expect(library.track(id)?.enabled).toBe(false);
  expect(library.stretches().tracks).toHaveLength(0);
});

test('edited tags are kept', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  const { id } = await library.add(someLearnt(1));
  await library.edit(id, { title: 'Nocturne', artist: undefined });
  const track = (await open(shelf)).track(id);
  expect(track?.title).toBe('Nocturne');
  expect(track?.artist).toBeUndefined();
});

test('tracks are found by words, whatever their case and accents, and sorted with numbers in their order', async () => {
  const library = await open();
  for (const [i, title] of ['Été 10', 'ete 9', 'Winter', 'Åutumn'].entries()) {
    await library.add(someLearnt(i + 1, { title }));
  }
  const titles = async (query: Parameters<Library['tracks']>[0]) =>
    (await library.tracks(query)).rows.map(({ title }) => title);
  expect(await titles({})).toEqual(['Åutumn', 'ete 9', 'Été 10', 'Winter']);
  expect(await titles({ descending: true, limit: 2, offset: 1 })).toEqual(['Été 10', 'ete 9']);
  expect(await titles({ search: 'ÉTÉ' })).toEqual(['ete 9', 'Été 10']);
  expect(await titles({ search: 'mp3 autumn' })).toEqual(['Åutumn']);
  expect((await library.tracks({ search: 'e', limit: 1 })).total).toBe(3);
});

test('it answers lookups as the plainest index does', async () => {
  const library = await open();
  const prints = new Map<number, Print>();
  for (let seed = 1; seed <= 9; seed++) {
    const print = somePrint(seed, { seconds: 10 + seed });
    const { id } = await library.add({ ...someLearnt(seed), print: packPrint(print) });
    prints.set(id, print);
  }
  const plain = memoryIndex(prints);
  expect(library.stretches()).toEqual(plain.stretches());
  const hashes = Uint32Array.from(new Set(landmarksOf(somePrint(3, { seconds: 13 }), 8).hashes)).sort();
  expect(await library.lookup(hashes)).toEqual(await plain.lookup(hashes));
  const postings = [...prints.values()].reduce((sum, print) => sum + landmarksOf(print).count, 0);
  expect((await library.status()).postingCount).toBe(postings);
});

async function* learnts(from: number, to: number) {
  for (let seed = from; seed < to; seed++) yield someLearnt(seed, { seconds: 4 });
}

test('many tracks are added at once, without those known already', async () => {
  const library = await open();
  await library.add(someLearnt(1));
  expect(await library.addAll(learnts(0, 200))).toEqual({ added: 199, known: 1 });
  expect((await library.tracks({})).total).toBe(200);
  await library.settled();
  const { pending, postingCount } = await library.status();
  expect(pending).toBe(0);
  expect(postingCount).toBeGreaterThan(200 * 100);
});

test('many tracks take the place of all others when asked to', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  await library.addAll(learnts(0, 30));
  await library.addAll(learnts(20, 40), { replace: true });
  expect((await library.tracks({})).total).toBe(20);
  expect(library.known(someLearnt(3).contentId)).toBeUndefined();
  expect(library.known(someLearnt(25).contentId)).toBeDefined();
  await library.settled();
  expect(await (await open(shelf)).tracks({ limit: 100 })).toEqual(await library.tracks({ limit: 100 }));
  expect(await shelf.keys('prints')).toHaveLength(20);
});

test.each([false, true])(
  'when many tracks stop coming midway, nothing has changed (replacing: %s)',
  async (replace) => {
    const shelf = openMemory();
    const library = await open(shelf);
    await library.addAll(learnts(0, 5));
    const before = await library.tracks({});
    async function* failing() {
      yield* learnts(5, 300);
      throw new Error('The file ends here.');
    }
    await expect(library.addAll(failing(), { replace })).rejects.toThrow('The file ends here.');
    expect(await library.tracks({})).toEqual(before);
    expect(await (await open(shelf)).tracks({})).toEqual(before);
    expect(await shelf.keys('prints')).toHaveLength(5);
  },
);

test.each([false, true])('a crash at any batch of many leaves all of them or none (replacing: %s)', async (replace) => {
  for (let batches = 0; batches < 8; batches++) {
    const shelf = openMemory();
    await (await open(shelf)).addAll(learnts(0, 5));
    let left = batches;
    const dying: Shelf = {
      ...shelf,
      async write(changes, lazy) {
        if (left-- <= 0) throw new Error('The tab is gone.');
        await shelf.write(changes, lazy);
      },
    };
    const done = await open(dying)
      .then((library) => library.addAll(learnts(5, 300), { replace }))
      .then(() => true)
      .catch(() => false);
    const again = await open(shelf);
    await again.settled();
    const { total } = await again.tracks({});
    expect(total).toBe(done || total !== 5 ? (replace ? 295 : 300) : 5);
    expect(await shelf.keys('prints')).toHaveLength(total);
  }
});
