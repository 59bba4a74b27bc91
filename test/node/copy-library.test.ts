import { afterAll, expect, test } from 'vitest';
import { copyLibrary } from '../../src/node/copy-library.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

async function filled(name: string): Promise<string> {
  const shelf = await openLmdb(folder.at(name));
  const rows = Array.from({ length: 1000 }, (_, key) => ({
    ...{ store: 'prints' as const, key, row: new Uint8Array(100).fill(key) },
  }));
  await shelf.write([...rows, { store: 'state', key: 0, row: new Uint8Array(20) }]);
  await shelf.close();
  return folder.at(name);
}

async function keysIn(path: string) {
  const shelf = await openLmdb(path, { readOnly: true });
  const keys = [(await shelf.keys('prints')).length, (await shelf.keys('state')).length];
  await shelf.close();
  return keys;
}

test('a library is copied from folder to folder', async () => {
  const from = await filled('from');
  expect(await copyLibrary(from, folder.at('to'))).toEqual({ rows: 1001, of: 1001 });
  expect(await keysIn(folder.at('to'))).toEqual([1000, 1]);
});

test('copying hears that it is to stop, and leaves nothing', async () => {
  const from = await filled('long');
  const stop = new AbortController();
  setTimeout(() => stop.abort());
  await expect(copyLibrary(from, folder.at('stopped'), undefined, stop.signal)).rejects.toThrow('aborted');
  expect(await keysIn(folder.at('stopped'))).toEqual([0, 0]);
  expect(await keysIn(from)).toEqual([1000, 1]);
});
