import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Change, Store } from '../../../src/library/shelf/shelf.ts';
import { PAGE_BYTES, pagesOf, type StoreBefore } from '../../../src/node/lmdb/batch-pages.ts';
import { PageFile } from '../../../src/node/lmdb/file-pages.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { random } from '../../support/random.ts';

const STORES_USED = ['prints', 'tracks', 'pages'] as const;
/** What `disk-room.ts` reserves beyond the pages of a batch: for the list of free pages and the like, and ahead. */
const UNCOUNTED_PAGES = 24;
const SPARE_PAGES = UNCOUNTED_PAGES + 64;

const folder = temporaryFolder();
afterAll(folder.remove);

/** Pages that the library's file uses, its size, and what `pagesOf` asks of a store. */
function looked(path: string, lastKeys: Map<Store, number | undefined>) {
  const bytes = statSync(join(path, 'data.mdb')).size;
  const file = new PageFile(join(path, 'data.mdb'));
  const [newest] = file.metas().metas;
  const trees = new Map(
    [...file.rows(newest.main)].map((row) => [row.key.toString().replace('\0', ''), file.tree(row)]),
  );
  file.close();
  const before = (store: Store): StoreBefore => {
    const { leafPages = 0, branchPages = 0, depth = 0 } = trees.get(store) ?? {};
    return { leafPages, branchPages, depth, lastKey: lastKeys.get(store) };
  };
  return { pages: newest.lastPage + 1, bytes, before };
}

const NONE = new Map<Store, number>();

test('no batch makes the file grow by more than was reckoned', async () => {
  const path = folder.at('any');
  const shelf = await openLmdb(path);
  const draw = random(7);
  const below = (limit: number) => Math.floor(draw() * limit);
  for (let round = 0; round < 150; round++) {
    const keys = 10 ** (1 + below(4));
    const length = [20, 300, 2010, 2030, 4072, 4073, 8000, 14_000][below(8)];
    const changes = Array.from({ length: 1 + below(200) }, (): Change => {
      const store = STORES_USED[below(3)];
      const key = below(keys);
      return draw() < 0.1
        ? { store, from: key, below: key + below(20) }
        : { store, key, row: new Uint8Array(Math.max(1, below(2) ? length : below(length))) };
    });
    const lastKeys = new Map(
      await Promise.all(STORES_USED.map(async (store) => [store, (await shelf.keys(store)).at(-1)] as const)),
    );
    const { pages, before } = looked(path, lastKeys);
    await shelf.write(changes);
    expect(looked(path, NONE).pages - pages).toBeLessThanOrEqual(pagesOf(changes, 0, before) + UNCOUNTED_PAGES);
  }
  await shelf.close();
});

test('little more is reserved than a batch of new rows takes', async () => {
  const path = folder.at('new');
  const shelf = await openLmdb(path);
  for (let batch = 0; batch < 20; batch++) {
    const changes = Array.from(
      { length: 64 },
      (_, i): Change => ({ store: 'pages', key: 64 * batch + i, row: new Uint8Array(8000) }),
    );
    await shelf.write(changes);
  }
  const { pages, bytes } = looked(path, NONE);
  expect(pages).toBeGreaterThan(20 * 128);
  expect(bytes / PAGE_BYTES - pages).toBeLessThan(SPARE_PAGES + 128 + 40);
  await shelf.close();
});

test('a row behind the last one needs its own pages and one leaf, one in between any leaf', () => {
  const before = { leafPages: 1000, branchPages: 10, depth: 3, lastKey: 99_999 };
  const puts = (from: number, apart: number): Change[] =>
    Array.from({ length: 64 }, (_, i) => ({
      store: 'pages' as Store,
      key: from + apart * i,
      row: new Uint8Array(8000),
    }));
  const behind = pagesOf(puts(100_000, 1), 0, () => before);
  const between = pagesOf(puts(0, 1000), 0, () => before);
  expect([behind >= 128 + 2, behind < 1.2 * 128]).toEqual([true, true]);
  expect(between).toBeGreaterThanOrEqual(128 + 64);
});
