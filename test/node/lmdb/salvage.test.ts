import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Row } from '../../../src/library/shelf/shelf.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { salvage } from '../../../src/node/lmdb/salvage.ts';
import { temporaryFolder } from '../../support/folder.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const ROWS = 20;
const busy = expect.objectContaining({
  name: 'LibraryBusy',
  message: expect.stringContaining('is repairing the library'),
});

/** A library whose newer meta page is damaged. */
async function damaged(name: string): Promise<string> {
  const path = folder.at(name);
  const shelf = await openLmdb(path);
  for (let key = 1; key <= ROWS; key++)
    await shelf.write([{ store: 'prints', key, row: new Uint8Array(3000).fill(key) as Row }]);
  await shelf.close();
  const bytes = readFileSync(join(path, 'data.mdb'));
  bytes.fill(0, 24, 32);
  writeFileSync(join(path, 'data.mdb'), bytes);
  return path;
}

const keptIn = (path: string) => readdirSync(path).filter((name) => name.includes('damaged'));

async function expectMended(path: string): Promise<void> {
  expect(keptIn(path)).toHaveLength(1);
  expect(readdirSync(path)).not.toContain('.salvage');
  const shelf = await openLmdb(path);
  expect(await shelf.keys('prints')).toHaveLength(ROWS);
  await shelf.close();
}

test('of two programs that mend a library at once, one does and the other is told', async () => {
  const path = await damaged('two');
  const first = salvage(path);
  await expect(salvage(path)).rejects.toEqual(busy);
  await first;
  await expectMended(path);
});

test('a program that was taken for dead while it mends puts nothing in place', async () => {
  const path = await damaged('slow');
  const slow = salvage(path); // it waits for LMDB to close before it changes anything
  utimesSync(join(path, '.salvage'), new Date(0), new Date(0));
  const [first, second] = await Promise.allSettled([slow, salvage(path)]);
  expect(first).toEqual({ status: 'rejected', reason: busy });
  expect(second.status).toBe('fulfilled');
  await expectMended(path);
});
