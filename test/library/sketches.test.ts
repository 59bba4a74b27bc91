import { expect, test } from 'vitest';
import { openLibrary } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Row, Shelf } from '../../src/library/shelf/shelf.ts';
import { sketchOf } from '../../src/match/sketch/sketch.ts';
import { matching } from '../support/matching.ts';
import { someLearnt } from '../support/prints.ts';

const expected = (seed: number) => sketchOf(unpackPrint(someLearnt(seed).print));

/** A library of tracks 1, 2, 3 on this shelf, settled and closed. */
async function filled(): Promise<Shelf> {
  const shelf = openMemory();
  const library = await openLibrary({ ...shelf, close: async () => {} }, matching);
  for (const seed of [1, 2, 3]) await library.add(someLearnt(seed));
  await library.settled();
  await library.close();
  return shelf;
}

const rowOf = async (shelf: Shelf, id: number) => (await shelf.read('sketches', [id]))[0];

test('a track has its sketch as soon as it is added, one at a time or many at once', async () => {
  const library = await openLibrary(openMemory(), matching);
  const one = await library.add(someLearnt(1));
  await library.addAll(
    (async function* () {
      yield someLearnt(2);
      yield someLearnt(3);
    })(),
  );
  expect(await library.sketches([3, one.id, 2])).toEqual([expected(3), expected(1), expected(2)]);
});

test('sketches are read from the shelf, without a print', async () => {
  const shelf = await filled();
  await shelf.write([{ store: 'prints', from: 0, below: Infinity }]);
  const library = await openLibrary(shelf, matching);
  expect(await library.sketches([1, 2, 3])).toEqual([expected(1), expected(2), expected(3)]);
});

test('once they are read ahead, no search reads them', async () => {
  const shelf = await filled();
  const asked: string[] = [];
  const noted: Shelf = {
    ...shelf,
    list: (store, ...range) => {
      asked.push(store);
      return shelf.list(store, ...range);
    },
    read: (store, keys) => {
      asked.push(store);
      return shelf.read(store, keys);
    },
  };
  const library = await openLibrary(noted, matching);
  await library.settled();
  expect(asked).not.toContain('sketches');
  await library.readAhead();
  expect(asked).toContain('sketches');
  asked.length = 0;
  expect(await library.sketches([1, 2, 3])).toEqual([expected(1), expected(2), expected(3)]);
  expect(asked).toEqual([]);
});

test('reading ahead waits while a search runs, and ends when the library is closed', async () => {
  const library = await openLibrary(await filled(), matching);
  let isRead = false;
  let isSearching = true;
  const searching = (async () => {
    while (isSearching) await library.prints([1]).then(() => new Promise((resolve) => setTimeout(resolve, 5)));
  })();
  const reading = library.readAhead().then(() => (isRead = true));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isRead).toBe(false);
  isSearching = false;
  await Promise.all([searching, reading]);
  await library.close();
  await expect(library.readAhead()).rejects.toMatchObject({ name: 'LibraryClosed' });
});

test.each([
  ['missing', undefined],
  ['damaged', (row: Row) => row.map((byte, i) => (i === 20 ? byte ^ 1 : byte))],
  ['of another version', (row: Row) => row.map((byte, i) => (i === 0 ? byte + 1 : byte))],
  ['cut short', (row: Row) => row.slice(0, 3)],
])('a sketch that is %s is made again from its print, and written', async (_, damage) => {
  const shelf = await filled();
  const before = (await rowOf(shelf, 2)) as Row;
  if (damage) await shelf.write([{ store: 'sketches', key: 2, row: damage(before) }]);
  else await shelf.write([{ store: 'sketches', from: 2, below: 3 }]);
  const library = await openLibrary({ ...shelf, close: async () => {} }, matching);
  expect(await library.sketches([1, 2])).toEqual([expected(1), expected(2)]);
  await library.settled();
  await library.close();
  expect(await rowOf(shelf, 2)).toEqual(before);
});

test('a track without a readable print has no sketch', async () => {
  const shelf = await filled();
  await shelf.write([
    { store: 'sketches', from: 2, below: 3 },
    { store: 'prints', from: 2, below: 3 },
  ]);
  const library = await openLibrary(shelf, matching);
  expect(await library.sketches([1, 2])).toEqual([expected(1), undefined]);
});

test('the sketch of a track that is removed is deleted with it', async () => {
  const shelf = await filled();
  const library = await openLibrary({ ...shelf, close: async () => {} }, matching);
  await library.remove([2]);
  await library.close();
  expect(await shelf.keys('sketches')).toEqual([1, 3]);
});
