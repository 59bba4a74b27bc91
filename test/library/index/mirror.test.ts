import { expect, test } from 'vitest';
import { Mirror } from '../../../src/library/index/pages/mirror.ts';
import { type Library, openLibrary } from '../../../src/library/library.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import type { Shelf } from '../../../src/library/shelf/shelf.ts';
import { matching } from '../../support/matching.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { someLearnt } from '../../support/prints.ts';

/** Hashes that touch every page. */
const ALL_OVER = Uint32Array.from({ length: 2 ** 15 }, (_, i) => i * 256);

/** A shelf that counts how often pages are asked of it. */
function counting(shelf: Shelf): Shelf & { pageReads: number } {
  const counted = {
    ...shelf,
    pageReads: 0,
    read: (store: Parameters<Shelf['read']>[0], keys: ArrayLike<number>) => {
      if (store === 'pages') counted.pageReads += keys.length;
      return shelf.read(store, keys);
    },
  };
  return counted;
}

async function filled(shelf: Shelf): Promise<void> {
  const library = await openLibrary(shelf, { ...matching, sealPostings: 2000 });
  for (let seed = 1; seed < 9; seed++) await library.add(someLearnt(seed));
  await library.settled();
  await library.close();
}

const open = (shelf: Shelf, mirror?: Mirror): Promise<Library> =>
  openLibrary(shelf, { ...matching, sealPostings: 2000, openMirror: async () => mirror });

test('with a mirror, pages are read from their copies and say the same', async () => {
  const shelf = counting(openMemory());
  await filled(shelf);
  const expected = await (await open(shelf)).lookup(ALL_OVER);
  const library = await open(shelf, new Mirror(memoryFiles(), 0));
  await library.settled();
  shelf.pageReads = 0;
  library.dropCaches();
  expect(await library.lookup(ALL_OVER)).toEqual(expected);
  expect(shelf.pageReads).toBe(0);
});

test('copies from an earlier day are used, and those of segments that went are removed', async () => {
  const [shelf, files] = [counting(openMemory()), memoryFiles()];
  await filled(shelf);
  const library = await open(shelf, new Mirror(files, 0));
  await library.settled();
  await library.close();
  expect([...files.files.keys()].map(Number).sort()).toEqual((await shelf.keys('segments')).sort());
  shelf.pageReads = 0;
  const again = await open(shelf, new Mirror(files, 0));
  await again.settled();
  expect(shelf.pageReads).toBe(0);
  await again.remove((await again.tracks({ limit: 100 })).rows.map(({ id }) => id));
  await again.close();
  const empty = await open(shelf, new Mirror(files, 0));
  await empty.settled();
  expect(files.files.size).toBe(0);
});

test('a copy that is damaged, cut short or of another segment is done without', async () => {
  const [shelf, files] = [openMemory(), memoryFiles()];
  await filled(shelf);
  const expected = await (await open(shelf)).lookup(ALL_OVER);
  const library = await open(shelf, new Mirror(files, 0));
  await library.settled();
  await library.close();
  const spoilt: ((bytes: Uint8Array) => Uint8Array)[] = [
    (bytes) => bytes.map((byte, i) => (i % 999 === 500 ? ~byte : byte)),
    (bytes) => bytes.subarray(0, bytes.length >> 1),
    (bytes) => bytes.map((byte, i) => (i < 4 ? byte + 1 : byte)),
  ];
  for (const spoil of spoilt) {
    for (const [name, bytes] of files.files) files.files.set(name, spoil(bytes));
    const again = await open(shelf, new Mirror(files, 0));
    await again.settled();
    expect(await again.lookup(ALL_OVER)).toEqual(expected);
    expect((await again.status()).damaged).toEqual([]);
    await again.close();
  }
});

test('without room for copies the shelf does', async () => {
  const [shelf, files] = [openMemory(), memoryFiles()];
  await filled(shelf);
  const expected = await (await open(shelf)).lookup(ALL_OVER);
  files.getFileHandle = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
  const library = await open(shelf, new Mirror(files, 0));
  await library.settled();
  expect(await library.lookup(ALL_OVER)).toEqual(expected);
});

test.each(['ignored', 'refused'] as const)(
  'where the read-only mode is %s, one tab has the copies, and the next one when it is closed',
  async (modes) => {
    const [shelf, files] = [counting(openMemory()), memoryFiles(modes)];
    await filled(shelf);
    const expected = await (await open(shelf)).lookup(ALL_OVER);
    const first = await open(shelf, new Mirror(files, 0));
    await first.settled();
    const second = await open(shelf, new Mirror(files, 0));
    await second.settled();
    const pagesRead = async (library: Library) => {
      shelf.pageReads = 0;
      library.dropCaches();
      expect(await library.lookup(ALL_OVER)).toEqual(expected);
      return shelf.pageReads;
    };
    expect(await pagesRead(first)).toBe(0);
    expect(await pagesRead(second)).toBeGreaterThan(0);
    await first.close();
    await second.add(someLearnt(9)); // changes the index, so the copies are looked for again
    await second.settled();
    expect(await pagesRead(second)).toBe(0);
    await second.close();
  },
);
