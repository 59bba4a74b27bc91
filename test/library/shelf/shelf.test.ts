import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openIndexedDb } from '../../../src/library/shelf/indexeddb.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import type { Shelf } from '../../../src/library/shelf/shelf.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { contract } from '../../support/shelf-contract.ts';

let folder = '';
let count = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entendu-shelf-'));
  count++;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shelves: [string, () => Promise<Shelf>, { isLasting: boolean }][] = [
  ['memory', async () => openMemory(), { isLasting: false }],
  ['folder', () => openLmdb(join(folder, 'library')), { isLasting: true }],
  ['IndexedDB', () => openIndexedDb(`shelf-${count}`), { isLasting: true }],
];

// A browser's own IndexedDB is held to the same in `browser/library.spec.ts`.
describe.each(shelves)('on a shelf of %s', (_name, open, { isLasting }) => {
  test.each(Object.entries(contract))('%s', async (_sentence, look) => {
    for (const [seen, expected] of await look(open, isLasting)) expect(seen).toEqual(expected);
  });
});
