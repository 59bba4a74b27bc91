import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../src/library/folder.ts';
import type { Row } from '../../src/library/shelf.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entendu-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Follows every batch that has reached the disk. */
const MARK_BYTES = 24;

const rowOf = (value: number, length = 100): Row => new Uint8Array(length).fill(value);
const volumes = () => readdirSync(folder).filter((name) => name.endsWith('.entendu'));
const volume = () => join(folder, volumes()[0]);

async function written(batches: number): Promise<number[]> {
  const shelf = await openFolder(folder);
  const ends: number[] = [];
  for (let i = 1; i <= batches; i++) {
    await shelf.write([
      { store: 'tracks', key: i, row: rowOf(i) },
      { store: 'prints', key: i, row: rowOf(i, 200) },
    ]);
    ends.push(statSync(volume()).size);
  }
  await shelf.close();
  return ends;
}

test('a file cut at any byte holds exactly the batches that are whole, and can be written on', async () => {
  const ends = await written(4);
  const whole = readFileSync(volume());
  for (let size = 0; size <= whole.length; size += 7) {
    writeFileSync(volume(), whole.subarray(0, size));
    const shelf = await openFolder(folder);
    const keys = ends.flatMap((end, i) => (end - MARK_BYTES <= size ? i + 1 : []));
    expect(await shelf.keys('tracks')).toEqual(keys);
    expect(await shelf.keys('prints')).toEqual(keys);
    expect(shelf.damaged).toEqual([]);
    await shelf.write([{ store: 'tracks', key: 77, row: rowOf(77) }]);
    await shelf.close();
    const again = await openFolder(folder);
    expect(await again.keys('tracks')).toEqual([...keys, 77]);
    await again.close();
  }
});

test('a last batch that did not reach the disk whole is forgotten, whatever stands in its place', async () => {
  const ends = await written(3);
  const bytes = readFileSync(volume());
  bytes.fill(0, ends[1] + 120);
  writeFileSync(volume(), bytes);
  const shelf = await openFolder(folder);
  expect(await shelf.keys('tracks')).toEqual([1, 2]);
  expect(shelf.damaged).toEqual([]);
  await shelf.close();
});

test.each([2, 4])(
  'bits that rot in the directory of batch %i of 4 leave the others readable, and are told',
  async (one) => {
    const ends = [0, ...(await written(4))];
    const bytes = readFileSync(volume());
    bytes[ends[one - 1] + 40] ^= 1;
    writeFileSync(volume(), bytes);
    const others = [1, 2, 3, 4].filter((key) => key !== one);
    const shelf = await openFolder(folder);
    expect(await shelf.keys('tracks')).toEqual(others);
    expect(await shelf.read('prints', [others[2]])).toEqual([rowOf(others[2], 200)]);
    expect(shelf.damaged).toEqual([expect.stringMatching(/damaged.*\.$/)]);
    await shelf.close();
  },
);

test('bits that rot in the last row that was written do not make it vanish: its own checksum tells', async () => {
  const ends = await written(3);
  const bytes = readFileSync(volume());
  bytes[ends[2] - MARK_BYTES - 50] ^= 1;
  writeFileSync(volume(), bytes);
  const shelf = await openFolder(folder);
  expect(await shelf.keys('prints')).toEqual([1, 2, 3]);
  expect(await shelf.read('prints', [3])).not.toEqual([rowOf(3, 200)]);
  await shelf.close();
});

test('what rot left is put in order once that was told', async () => {
  const [end] = await written(4);
  const bytes = readFileSync(volume());
  bytes[end + 40] ^= 1;
  writeFileSync(volume(), bytes);
  const shelf = await openFolder(folder);
  await shelf.mend?.();
  await shelf.write([{ store: 'tracks', key: 5, row: rowOf(5) }]);
  await shelf.close();
  const again = await openFolder(folder);
  expect(again.damaged).toEqual([]);
  expect(await again.list('tracks')).toEqual([1, 3, 4, 5].map((key) => [key, rowOf(key)]));
  await again.close();
});

test('lazy batches of a folder that was closed are no tear either', async () => {
  const shelf = await openFolder(folder);
  await shelf.write([{ store: 'tracks', key: 1, row: rowOf(1) }], true);
  await shelf.write([{ store: 'tracks', key: 2, row: rowOf(2) }], true);
  await shelf.close();
  const bytes = readFileSync(volume());
  bytes[8 + 16 + 24 + 4 + 10] ^= 1;
  writeFileSync(volume(), bytes);
  const again = await openFolder(folder);
  expect(await again.keys('tracks')).toEqual([1, 2]);
  await again.close();
});

test('a file cut short while it is open is told as damage', async () => {
  await written(3);
  const shelf = await openFolder(folder);
  truncateSync(volume(), 300);
  await expect(shelf.read('prints', [3])).rejects.toEqual(expect.objectContaining({ name: 'LibraryDamaged' }));
  await shelf.close();
});

test('room of what was overwritten is given back, and what was taken away stays away', async () => {
  const megabyte = (value: number) => rowOf(value, 2 ** 20);
  let shelf = await openFolder(folder);
  await shelf.write([{ store: 'covers', key: 5, row: rowOf(5) }]);
  await shelf.write([{ store: 'covers', from: 5, below: 6 }]);
  await shelf.write([{ store: 'covers', key: 6, row: rowOf(6) }]);
  for (let round = 0; round < 5; round++) {
    for (let key = 0; key < 40; key++) await shelf.write([{ store: 'pages', key, row: megabyte(round + key) }], true);
  }
  const bytes = volumes().reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(150 * 2 ** 20);
  for (let again = 0; again < 2; again++) {
    expect(await shelf.keys('covers')).toEqual([6]);
    expect(await shelf.keys('pages')).toHaveLength(40);
    expect((await shelf.read('pages', [39]))[0]?.[0]).toBe(43);
    await shelf.close();
    shelf = await openFolder(folder);
  }
  await shelf.close();
});

test('one program writes at a time, others read', async () => {
  await written(1);
  const writer = await openFolder(folder);
  await expect(openFolder(folder)).rejects.toEqual(expect.objectContaining({ name: 'LibraryBusy' }));
  const reader = await openFolder(folder, { readOnly: true });
  expect(await reader.keys('tracks')).toEqual([1]);
  await expect(async () => reader.write([])).rejects.toEqual(expect.objectContaining({ name: 'LibraryBusy' }));
  await writer.close();
  await reader.close();
  await (await openFolder(folder)).close();
});

test('the lock of a program that is gone does not count', async () => {
  await written(1);
  writeFileSync(join(folder, 'lock'), '999999999');
  const shelf = await openFolder(folder);
  expect(await shelf.keys('tracks')).toEqual([1]);
  await shelf.close();
});

test('a folder of a later version is left alone', async () => {
  await written(1);
  const bytes = readFileSync(volume());
  bytes[7] = 2;
  writeFileSync(volume(), bytes);
  await expect(openFolder(folder)).rejects.toEqual(expect.objectContaining({ name: 'LibraryNewer' }));
  bytes.write('Other');
  writeFileSync(volume(), bytes);
  await expect(openFolder(folder)).rejects.toEqual(expect.objectContaining({ name: 'LibraryDamaged' }));
});

test('a folder that is not there is not made by reading', async () => {
  const missing = join(folder, 'missing');
  await expect(openFolder(missing, { readOnly: true })).rejects.toEqual(
    expect.objectContaining({ name: 'FileUnreadable' }),
  );
  appendFileSync(join(folder, 'other.txt'), 'not ours');
  await (await openFolder(folder)).close();
  expect(readdirSync(folder)).toEqual(['other.txt']);
});
