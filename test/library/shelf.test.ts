import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolder } from '../../src/library/folder.ts';
import { openIndexedDb } from '../../src/library/indexeddb.ts';
import { openMemory } from '../../src/library/memory.ts';
import { type Change, type Row, type Shelf, STORES, type Store, without } from '../../src/library/shelf.ts';
import { random } from '../support/random.ts';

let folder = '';
let count = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entendu-shelf-'));
  count++;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const row = (...bytes: number[]): Row => Uint8Array.from(bytes);

const shelves: [string, () => Promise<Shelf>, { lasting: boolean }][] = [
  ['memory', async () => openMemory(), { lasting: false }],
  ['folder', () => openFolder(join(folder, 'library')), { lasting: true }],
  ['IndexedDB', () => openIndexedDb(`shelf-${count}`), { lasting: true }],
];

describe.each(shelves)('on a shelf of %s', (_name, open, { lasting }) => {
  test('rows come back in the order asked, and missing ones as undefined', async () => {
    const shelf = await open();
    await shelf.write([
      { store: 'prints', key: 7, row: row(7, 7) },
      { store: 'prints', key: 2 ** 40, row: row(4) },
      { store: 'tracks', key: 7, row: row(1) },
      { store: 'prints', key: 0, row: row() },
    ]);
    expect(await shelf.read('prints', [2 ** 40, 3, 0, 7])).toEqual([row(4), undefined, row(), row(7, 7)]);
    expect(await shelf.read('covers', [7])).toEqual([undefined]);
    await shelf.close();
  });

  test('lists and keys ascend and end before the upper bound', async () => {
    const shelf = await open();
    const keys = [30, 2, 2 ** 33, 1, 29];
    await shelf.write(keys.map((key) => ({ store: 'pages', key, row: row(key & 0xff) })));
    expect(await shelf.keys('pages')).toEqual([1, 2, 29, 30, 2 ** 33]);
    expect(await shelf.keys('pages', 2, 30)).toEqual([2, 29]);
    expect(await shelf.list('pages', 29, 2 ** 33)).toEqual([
      [29, row(29)],
      [30, row(30)],
    ]);
    expect(await shelf.list('pages', 2, 2)).toEqual([]);
    expect(await shelf.keys('pages', 3, 2)).toEqual([]);
    await shelf.close();
  });

  test('changes of a batch happen in their order', async () => {
    const shelf = await open();
    await shelf.write([
      { store: 'state', key: 1, row: row(1) },
      { store: 'state', from: 0, below: Infinity },
      { store: 'state', key: 2, row: row(2) },
      { store: 'state', key: 2, row: row(3) },
      { store: 'state', key: 4, row: row(4) },
      without('state', 4),
    ]);
    expect(await shelf.list('state')).toEqual([[2, row(3)]]);
    await shelf.close();
  });

  test('it holds what a map would after hundreds of random batches', async () => {
    const next = random(11);
    const expected = new Map(STORES.map((store) => [store, new Map<number, Row>()]));
    let shelf = await open();
    for (let round = 0; round < 120; round++) {
      const changes: Change[] = Array.from({ length: 1 + Math.floor(next() * 6) }, () => {
        const store: Store = STORES[Math.floor(next() * STORES.length)];
        const key = Math.floor(next() * 40);
        const rows = expected.get(store) as Map<number, Row>;
        if (next() < 0.3) {
          const below = key + 1 + Math.floor(next() * 5);
          for (let gone = key; gone < below; gone++) rows.delete(gone);
          return { store, from: key, below };
        }
        const bytes = Uint8Array.from({ length: Math.floor(next() * 50) }, () => Math.floor(next() * 256));
        rows.set(key, bytes);
        return { store, key, row: bytes };
      });
      await shelf.write(changes, next() < 0.5);
      if (lasting && next() < 0.1) {
        await shelf.close();
        shelf = await open();
      }
    }
    for (const store of STORES) {
      const rows = [...(expected.get(store) as Map<number, Row>)].sort(([a], [b]) => a - b);
      expect(await shelf.list(store)).toEqual(rows);
    }
    await shelf.close();
  });

  test('batches written without waiting happen one after the other', async () => {
    const shelf = await open();
    await Promise.all(Array.from({ length: 20 }, (_, i) => shelf.write([{ store: 'state', key: 0, row: row(i) }])));
    expect(await shelf.read('state', [0])).toEqual([row(19)]);
    await shelf.close();
  });
});
