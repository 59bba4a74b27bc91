import { expect, test, vi } from 'vitest';
import { type Library, openLibrary } from '../../../src/library/library.ts';
import { packPrint } from '../../../src/library/prints/pack-print.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import type { Row, Shelf, Store } from '../../../src/library/shelf/shelf.ts';
import { landmarksOf } from '../../../src/match/landmarks.ts';
import type { Print } from '../../../src/types.ts';
import { placesIn } from '../../support/live.ts';
import { matching } from '../../support/matching.ts';
import { memoryIndex } from '../../support/memory-index.ts';
import { someLearnt, somePrint } from '../../support/prints.ts';
import { random } from '../../support/random.ts';
import { tabs } from '../../support/tabs.ts';

/** Two or three of the tracks below make a segment. */
const SMALL = { ...matching, sealPostings: 2000 };

const open = (shelf: Shelf, options = SMALL): Promise<Library> => openLibrary(shelf, options);

async function addSome(library: Library, from: number, to: number): Promise<void> {
  for (let seed = from; seed < to; seed++) {
    const print = somePrint(seed, { seconds: 10 + (seed % 9) });
    await library.add({ ...someLearnt(seed), print: packPrint(print) });
  }
}

/** The library answers every lookup as the plainest index over its prints does. */
async function expectTrueIndex(library: Library): Promise<void> {
  const ids = (await library.tracks({ limit: Infinity, sort: 'added' })).rows.map(({ id }) => id);
  const prints = new Map<number, Print>();
  for (const [i, print] of (await library.prints(ids)).entries()) if (print) prints.set(ids[i], print);
  expect(prints.size).toBe(ids.length);
  const plain = memoryIndex(prints);
  const asked = [...prints.values()].flatMap((print) => [...landmarksOf(print, 4).hashes]);
  const hashes = Uint32Array.from(new Set(asked)).sort();
  const [found, expected] = [await library.lookup(hashes), await plain.lookup(hashes)];
  const places = ({ starts, positions }: typeof found, stretches: ReturnType<Library['stretches']>) =>
    Array.from(starts.subarray(1), (end, i) => placesIn(stretches, positions.subarray(starts[i], end)));
  expect(places(found, library.stretches())).toEqual(places(expected, plain.stretches()));
}

test('lookups are the same before, while and after segments are sealed and merged', async () => {
  const library = await open(openMemory());
  for (let i = 0; i < 6; i++) {
    await addSome(library, i * 8, i * 8 + 8);
    await expectTrueIndex(library);
  }
  await library.settled();
  await expectTrueIndex(library);
  const { segments, unsealed, pending } = await library.status();
  expect(segments).toBeGreaterThan(1);
  expect(segments).toBeLessThan(10);
  expect(unsealed).toBeLessThan(5);
  expect(pending).toBe(0);
});

test('a library with segments is the same after opening it again', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  await addSome(library, 0, 30);
  await library.settled();
  const again = await open(shelf);
  await expectTrueIndex(again);
  expect(await again.status()).toEqual(await library.status());
});

test('a landmark too common for one page is found wherever it occurs, and a rare one as rare', async () => {
  const library = await open(openMemory(), { ...SMALL, landmarksOf: sameLandmarks });
  await addSome(library, 0, 60);
  await library.settled();
  const { postingCount } = await library.status();
  const { starts } = await library.lookup(Uint32Array.of(5, 900));
  expect(starts[1]).toBeLessThan(postingCount / 100);
  expect((starts[2] - starts[1]) / postingCount).toBeCloseTo(0.9, 2);
});

/** Nine of ten landmarks have the hash 900, others any below 800. */
const sameLandmarks: typeof landmarksOf = (print) => {
  const { count, hashes, frames } = landmarksOf(print);
  return { count, hashes: hashes.map((hash, i) => (i % 10 > 0 ? 900 : hash % 800)), frames };
};

test('tracks that went for good leave the segments too', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  await addSome(library, 0, 30);
  await library.settled();
  const { postingCount } = await library.status();
  const ids = (await library.tracks({ limit: 100 })).rows.map(({ id }) => id);
  await library.remove(ids.filter((id) => id % 4 > 0));
  await library.close();
  const again = await open(shelf);
  await again.settled();
  await expectTrueIndex(again);
  expect((await again.status()).postingCount).toBeLessThan(postingCount / 2);
  expect(await shelf.keys('prints')).toHaveLength(ids.length - ids.filter((id) => id % 4 > 0).length);
});

test('segments of another landmark format are made anew from the prints', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  await addSome(library, 0, 20);
  await library.settled();
  const again = await open(shelf, { ...SMALL, landmarkFormat: SMALL.landmarkFormat + 1 });
  await again.settled();
  await expectTrueIndex(again);
  const segments = new Set((await shelf.keys('pages')).map((key) => Math.floor(key / 2 ** 20)));
  expect([...segments]).toEqual(await shelf.keys('segments'));
});

/** Hashes that touch every page. */
const ALL_OVER = Uint32Array.from({ length: 2 ** 17 }, (_, i) => i * 64);

const flip = (row: Row): Row => row.map((byte, i) => (i === row.length >> 1 ? byte ^ 4 : byte));

test.each<[string, Store]>([
  ['page', 'pages'],
  ['segment', 'segments'],
])('a damaged %s is made again from the prints', async (_what, store) => {
  const shelf = openMemory();
  const library = await open(shelf);
  await addSome(library, 0, 30);
  await library.settled();
  for (const [key, row] of (await shelf.list(store)).slice(1, 3)) await shelf.write([{ store, key, row: flip(row) }]);
  const again = await open(shelf);
  await again.lookup(ALL_OVER);
  await again.settled();
  await expectTrueIndex(again);
});

test('a missing page is made again from the prints', async () => {
  const shelf = openMemory();
  const library = await open(shelf);
  await addSome(library, 0, 12);
  await library.settled();
  const [key] = await shelf.keys('pages');
  await shelf.write([{ store: 'pages', from: key, below: key + 1 }]);
  await library.lookup(ALL_OVER);
  await library.settled();
  await expectTrueIndex(await open(shelf));
});

test('a crash between any two batches leaves every track that was reported as added, and nothing half there', async () => {
  const next = random(5);
  const options = { ...SMALL, sealPostings: 700 };
  vi.spyOn(console, 'error').mockImplementation(() => {});
  for (let life = 0; life < 12; life++) {
    const shelf = openMemory();
    let batchesLeft = 1 + Math.floor(next() * 50);
    const dying: Shelf = {
      ...shelf,
      async write(changes, lazy) {
        if (batchesLeft-- <= 0) throw new Error('The tab is gone.');
        await shelf.write(changes, lazy);
      },
    };
    const library = await open(dying, options);
    const living = new Set<string>();
    try {
      for (let seed = 1; seed < 30; seed++) {
        const track = await library.add(someLearnt(seed, { seconds: 5 }));
        living.add(track.contentId);
        if (seed % 3 === 0) {
          await library.remove([track.id]);
          living.delete(track.contentId);
        }
        if (seed % 5 === 0) await library.settled();
      }
    } catch (error) {
      expect(error).toHaveProperty('message', 'The tab is gone.');
    }
    await library.settled();
    const again = await open(shelf, options);
    for (const contentId of living) expect(again.known(contentId)).toBeDefined();
    await again.settled();
    await expectTrueIndex(again);
    await addSome(again, 100, 104);
    await again.settled();
    await expectTrueIndex(again);
    const stored = new Set((await shelf.keys('pages')).map((key) => Math.floor(key / 2 ** 20)));
    expect([...stored].sort()).toEqual((await shelf.keys('segments')).sort());
  }
});

test('two tabs see what the other does, and write in turns', async () => {
  const [shelf, enter] = [openMemory(), tabs()];
  const [a, b] = [
    await open(shelf, { ...SMALL, ...{ others: enter() } }),
    await open(shelf, { ...SMALL, ...{ others: enter() } }),
  ];
  let changes = 0;
  b.watch(() => changes++);
  await Promise.all([addSome(a, 0, 15), addSome(b, 15, 30)]);
  await a.remove([3]);
  await b.edit(4, { title: 'Told by the other' });
  await a.settled();
  await b.settled();
  await a.lookup(Uint32Array.of(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await a.tracks({ limit: 100 })).toEqual(await b.tracks({ limit: 100 }));
  expect((await a.tracks({})).total).toBe(29);
  expect(a.track(4)?.title).toBe('Told by the other');
  expect(changes).toBeGreaterThan(16);
  await expectTrueIndex(a);
  await expectTrueIndex(b);
});
