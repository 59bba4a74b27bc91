import 'fake-indexeddb/auto';
import { cpSync, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { previewBundle } from '../../src/library/bundle/preview-bundle.ts';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { type Library, openLibrary } from '../../src/library/library.ts';
import { packJson, type State, unpackJson } from '../../src/library/rows/row-bytes.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { type Change, type Row, STORES } from '../../src/library/shelf/shelf.ts';
import { landmarksOf } from '../../src/match/landmarks.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import type { Print } from '../../src/types.ts';
import { placesIn } from '../support/live.ts';
import { matching } from '../support/matching.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { someLearnt, somePrint } from '../support/prints.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

/** What `test/fixtures/make-library.ts` put in. */
async function expectVersion1(library: Library): Promise<void> {
  const { total, rows } = await library.tracks({ sort: 'added' });
  expect(total).toBe(11);
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(rows[1]).toMatchObject({
    title: 'Renamed — 音楽',
    album: 'Album 2',
    year: 1992,
    trackNumber: 2,
    hasCover: false,
  });
  expect(rows[1].artist).toBeUndefined();
  expect(rows[2].enabled).toBe(false);
  expect(rows[0].added).toBe(1_790_000_000_001);
  const cover = await library.cover(5);
  expect(cover?.type).toBe('image/webp');
  expect(new Uint8Array(await (cover as Blob).arrayBuffer())).toEqual(Uint8Array.of(5, 2, 3));

  const prints = new Map<number, Print>();
  for (const { id } of rows) prints.set(id, somePrint(id, { seconds: 8 }));
  expect(await library.prints([...prints.keys()])).toEqual([...prints.values()]);
  const plain = memoryIndex(prints);
  const hashes = Uint32Array.from(
    new Set([...prints.values()].flatMap((print) => [...landmarksOf(print).hashes])),
  ).sort();
  const [found, expected] = [await library.lookup(hashes), await plain.lookup(hashes)];
  for (let i = 0; i < hashes.length; i += 7) {
    const here = placesIn(library.stretches(), found.positions.subarray(found.starts[i], found.starts[i + 1]));
    const there = placesIn(plain.stretches(), expected.positions.subarray(expected.starts[i], expected.starts[i + 1]));
    // The disabled track's places are among those of the plain index only.
    expect(here).toBe(
      there
        .split(' ')
        .filter((place) => !place.startsWith('3:'))
        .join(' '),
    );
  }
  expect((await library.status()).segments).toBeGreaterThan(1);
}

test('a folder of version 1 is read, and written on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-version-1-'));
  cpSync(join(fixtures, 'library-1'), folder, { recursive: true });
  const library = await openLibrary(await openLmdb(folder), { ...matching, sealPostings: 1000 });
  await expectVersion1(library);
  expect(await library.verify()).toEqual({ repaired: [], lost: [] });
  await expectVersion1(library);
  await library.close();
  rmSync(folder, { recursive: true });
});

test('a database of version 1 is read', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'entendu-version-1-'));
  cpSync(join(fixtures, 'library-1'), copy, { recursive: true });
  const folder = await openLmdb(copy, { readOnly: true });
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('version 1', 1);
    request.onupgradeneeded = () => {
      for (const store of STORES) if (store !== 'sketches') request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error);
  });
  const shelf = await openIndexedDb('version 1');
  for (const store of STORES) {
    const changes = (await folder.list(store)).map(([key, row]): Change => ({ store, key, row }));
    await shelf.write(changes);
  }
  await folder.close();
  rmSync(copy, { recursive: true });
  await expectVersion1(await openLibrary(shelf, matching));
});

test('a bundle of version 1 is read', async () => {
  const bundle = await openAsBlob(join(fixtures, 'bundle-1.entendu'));
  expect(await previewBundle(bundle, 1, () => false)).toMatchObject({ name: 'Version 1', trackCount: 11, seconds: 88 });
  const library = await openLibrary(openMemory(), matching);
  expect(await library.addAll(readBundle(bundle, 1))).toEqual({ added: 11, known: 0 });
  const renamed = library.known('2'.padStart(32, '0'));
  expect(renamed).toMatchObject({ title: 'Renamed — 音楽', fileName: 'Song 2.mp3', year: 1992, trackNumber: 2 });
  expect(await library.prints([renamed?.id ?? 0])).toEqual([somePrint(2, { seconds: 8 })]);
});

test('a library of a later version is left alone', async () => {
  const shelf = openMemory();
  await (await openLibrary(shelf, matching)).add(someLearnt(1));
  const [row] = await shelf.read('state', [0]);
  const later = { ...unpackJson<State>(row as Row), version: 2 };
  await shelf.write([{ store: 'state', key: 0, row: packJson(later) }]);
  await expect(openLibrary(shelf, matching)).rejects.toEqual(expect.objectContaining({ name: 'LibraryNewer' }));
});
