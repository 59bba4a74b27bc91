import { expect, test } from 'vitest';
import { openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Shelf, Store } from '../../src/library/shelf/shelf.ts';
import { matching } from '../support/matching.ts';
import { someLearnt } from '../support/prints.ts';

const options = { ...matching, sealPostings: 2000 };

async function filled(): Promise<Shelf> {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  const cover = new Blob([Uint8Array.of(1, 2, 3)], { type: 'image/png' });
  for (let seed = 1; seed <= 12; seed++) await library.add({ ...someLearnt(seed), cover });
  await library.settled();
  return shelf;
}

async function spoil(shelf: Shelf, store: Store, key: number): Promise<void> {
  const [row] = await shelf.read(store, [key]);
  if (row) await shelf.write([{ store, key, row: row.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) }]);
}

test('a sound library is found sound, and progress ends at the end', async () => {
  const library = await openLibrary(await filled(), options);
  const seen: number[] = [];
  const { repaired, lost } = await library.verify(({ done, total }) => seen.push(done / total));
  expect({ repaired, lost }).toEqual({ repaired: [], lost: [] });
  expect(seen.at(-1)).toBe(1);
});

test('a track whose row is damaged while the library is open is written again', async () => {
  const shelf = await filled();
  const library = await openLibrary(shelf, options);
  await spoil(shelf, 'tracks', 3);
  expect(await library.verify()).toEqual({ repaired: ['“Song 3”'], lost: [] });
  expect((await openLibrary(shelf, options)).track(3)).toEqual(library.track(3));
});

test('a track of which only the print is left can still be recognised, under a name of its own', async () => {
  const shelf = await filled();
  const before = await (await openLibrary(shelf, options)).prints([3]);
  await spoil(shelf, 'tracks', 3);
  const library = await openLibrary(shelf, options);
  expect((await library.status()).damaged).toEqual([expect.stringContaining('track 3')]);
  expect(await library.verify()).toEqual({ repaired: ['Recovered track 3'], lost: [] });
  const [track] = (await library.tracks({ search: 'recovered' })).rows;
  expect(await library.prints([track.id])).toEqual(before);
  expect((await library.status()).damaged).toEqual([]);
  expect(await (await openLibrary(shelf, options)).tracks({ limit: 99 })).toEqual(await library.tracks({ limit: 99 }));
});

test('a damaged print or cover is told by its title, and the rest is untouched', async () => {
  const shelf = await filled();
  await spoil(shelf, 'prints', 4);
  await spoil(shelf, 'covers', 5);
  const library = await openLibrary(shelf, options);
  const { repaired, lost } = await library.verify();
  expect(repaired).toEqual([]);
  expect(lost.join(' ')).toMatch(/“Song 4”.*“Song 5”/);
  expect((await library.prints([4, 5])).map((print) => print !== undefined)).toEqual([false, true]);
  expect(library.track(5)?.hasCover).toBe(false);
  expect((await library.status()).damaged).toEqual(lost);
});

test('a damaged index is made again', async () => {
  const shelf = await filled();
  const [page] = await shelf.keys('pages');
  await spoil(shelf, 'pages', page);
  const library = await openLibrary(shelf, options);
  expect(await library.verify()).toEqual({ repaired: ['The index'], lost: [] });
  expect(await library.verify()).toEqual({ repaired: [], lost: [] });
});

test('a library whose state is lost is put together from its rows', async () => {
  const shelf = await filled();
  const before = await (await openLibrary(shelf, options)).tracks({ limit: 99 });
  await spoil(shelf, 'state', 0);
  const library = await openLibrary(shelf, options);
  expect(await library.tracks({ limit: 99 })).toEqual(before);
  const { id } = await library.add(someLearnt(99));
  expect(before.rows.map((track) => track.id)).not.toContain(id);
});
