import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { Change, Row } from '../../../src/library/shelf/shelf.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { keyBytes, keyOf } from '../../../src/node/lmdb/row-keys.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { random } from '../../support/random.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const rowOf = (value: number, length = 100): Row => new Uint8Array(length).fill(value);
const putOf = (key: number, length?: number): Change => ({ store: 'prints', key, row: rowOf(key, length) });
const named = (name: string, message?: RegExp) =>
  expect.objectContaining({ name, ...(message && { message: expect.stringMatching(message) }) });

async function filled(name: string, rows: number, length?: number): Promise<string> {
  const path = folder.at(name);
  const shelf = await openLmdb(path);
  for (let key = 1; key <= rows; key++) await shelf.write([putOf(key, length), { ...putOf(key), store: 'tracks' }]);
  await shelf.close();
  return path;
}

test('once closed, every call is refused by name and writes nothing', async () => {
  const shelf = await openLmdb(folder.at('closed'));
  await shelf.write([putOf(1)]);
  await shelf.close();
  await shelf.close();
  for (const call of [shelf.write([putOf(2)]), shelf.read('prints', [1]), shelf.list('prints'), shelf.keys('prints')]) {
    await expect(call).rejects.toEqual(named('LibraryClosed'));
  }
  const again = await openLmdb(folder.at('closed'));
  expect(await again.keys('prints')).toEqual([1]);
  await again.close();
});

test('closing gives back the room that was taken for batches and not used', async () => {
  const path = folder.at('room');
  const shelf = await openLmdb(path);
  await shelf.write(Array.from({ length: 100 }, (_, key) => putOf(key, 8000)));
  const bytesOf = () => statSync(join(path, 'data.mdb')).size;
  const openBytes = bytesOf();
  await shelf.close();
  expect(bytesOf()).toBeLessThan(openBytes - 150_000);
  const again = await openLmdb(path);
  expect(await again.list('prints')).toHaveLength(100);
  await again.write([putOf(500, 8000)]);
  await again.close();
});

test.each(['deleted', 'replaced'])('a library whose folder was %s takes nothing more in', async (what) => {
  const path = await filled(what, 1);
  const shelf = await openLmdb(path);
  renameSync(path, `${path}-away`);
  if (what === 'replaced') await filled(what, 2);
  await expect(shelf.write([putOf(7)])).rejects.toEqual(named('LibraryBusy', /moved or replaced/));
  await shelf.close();
  if (what === 'deleted') return;
  const other = await openLmdb(path);
  expect(await other.keys('prints')).toEqual([1, 2]);
  await other.close();
});

test('a second writer is told who writes, however the folder is spelled', async () => {
  const path = await filled('one-writer', 1);
  symlinkSync(path, folder.at('link'));
  const writer = await openLmdb(path);
  for (const spelling of [
    path,
    `${path}/.`,
    `${path}/../one-writer`,
    relative(process.cwd(), path),
    folder.at('link'),
  ]) {
    await expect(openLmdb(spelling)).rejects.toEqual(named('LibraryBusy', /in use by this program itself/));
  }
  await writer.write([putOf(2)]);
  const reader = await openLmdb(folder.at('link'), { readOnly: true });
  expect(await reader.keys('prints')).toEqual([1, 2]);
  await expect(reader.write([putOf(3)])).rejects.toEqual(named('LibraryBusy', /for reading only/));
  await writer.write([putOf(4)]);
  expect(await reader.keys('prints')).toEqual([1, 2, 4]);
  await writer.close();
  await reader.close();
  await (await openLmdb(path)).close();
});

test('a writer whose place was taken writes nothing more', async () => {
  const path = await filled('taken', 1);
  const first = await openLmdb(path);
  const { open } = await import('lmdb');
  const root = open({ path, noSubdir: false, overlappingSync: false });
  const rows = root.openDB<Buffer, Buffer>({ name: 'writer', encoding: 'binary', keyEncoding: 'binary' });
  rows.putSync(Buffer.alloc(8), Buffer.from(JSON.stringify({ token: 'another', pid: 1, started: '', place: 'there' })));
  await expect(first.write([putOf(2)])).rejects.toEqual(named('LibraryBusy', /taken over/));
  expect(await first.keys('prints')).toEqual([1]);
  await first.close();
  // What it leaves behind is the other's row, not its own.
  expect(JSON.parse(rows.get(Buffer.alloc(8))?.toString() ?? '')).toMatchObject({ token: 'another' });
  await root.close();
});

test('a writer that reads for long without a break goes on telling that it is there', async () => {
  const path = await filled('long-reading', 1);
  const shelf = await openLmdb(path);
  const stamp = () => statSync(join(path, 'data.mdb')).mtimeMs;
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
  await shelf.keys('prints');
  expect(stamp()).toBeCloseTo(Date.now(), -1);
  vi.useRealTimers();
  await shelf.close();
});

test('reading makes no library, and other folders are left alone', async () => {
  await expect(openLmdb(folder.at('missing'), { readOnly: true })).rejects.toEqual(named('FileUnreadable'));
  expect(existsSync(folder.at('missing'))).toBe(false);

  await filled('old', 0);
  const old = folder.at('old-format');
  cpSync(folder.at('old'), old, { recursive: true });
  const music = folder.at('music');
  cpSync(folder.at('old'), music, { recursive: true });
  for (const [path, name] of [
    [old, '00000001.entendu'],
    [music, 'song.mp3'],
  ]) {
    for (const file of readdirSync(path)) truncateSync(join(path, file));
    cpSync(join(path, 'data.mdb'), join(path, name));
    for (const file of ['data.mdb', 'lock.mdb']) rmSync(join(path, file));
  }
  await expect(openLmdb(old)).rejects.toEqual(named('LibraryForeign', /early version/));
  await expect(openLmdb(music)).rejects.toEqual(named('LibraryForeign', /holds other files/));
  const odd = await filled('odd', 0);
  rmSync(join(odd, 'lock.mdb'));
  mkdirSync(join(odd, 'lock.mdb'));
  await expect(openLmdb(odd)).rejects.toEqual(named('LibraryForeign', /lock.mdb is not a file/));
  await expect(openLmdb(join(music, 'song.mp3'))).rejects.toEqual(named('LibraryForeign', /is a file/));
  expect(readdirSync(music)).toEqual(['song.mp3']);
});

/** Nothing but rows that were written: each once, in order, of their length. */
function expectWritten(rows: [key: number, row: Row][]): void {
  const keys = rows.map(([key]) => key);
  expect(keys).toEqual(Array.from({ length: 200 }, (_, i) => i + 1).filter((key) => keys.includes(key)));
  expect(rows.every(([, row]) => row.length === 3000)).toBe(true);
}

test.each([1, 2, 3, 4, 5, 6])(
  'a file damaged at random (seed %i) is mended, and what is lost is told',
  async (seed) => {
    const path = await filled(`damaged-${seed}`, 200, 3000);
    const data = join(path, 'data.mdb');
    const bytes = readFileSync(data);
    const next = random(seed);
    for (let flips = 0; flips < 40; flips++) {
      const at = 8192 + Math.floor(next() * (bytes.length - 8192));
      bytes[at] ^= 1 << Math.floor(next() * 8);
    }
    writeFileSync(data, bytes);
    const shelf = await openLmdb(path);
    const rows = await shelf.list('prints');
    expectWritten(rows);
    // Forty flips hit no more than forty rows or pages of rows, and most of it is values.
    expect(rows.length).toBeGreaterThan(100);
    if (rows.length < 200) expect(shelf.damaged).toEqual([expect.stringMatching(/was damaged.*kept as/)]);
    const told = shelf.damaged;
    await shelf.write([putOf(500), { store: 'tracks', from: 0, below: Infinity }]);
    await shelf.close();
    const again = await openLmdb(path);
    expect(again.damaged).toEqual(told);
    expect(await again.keys('prints')).toEqual([...rows.map(([key]) => key), 500]);
    await again.close();
  },
);

const PAGE = 4096;
const told = [expect.stringMatching(/was damaged.*kept as/)];

/** Changes the file of a library of twenty rows. */
async function changed(name: string, change: (bytes: Buffer) => void): Promise<string> {
  const path = await filled(name, 20, 3000);
  const bytes = readFileSync(join(path, 'data.mdb'));
  change(bytes);
  writeFileSync(join(path, 'data.mdb'), bytes);
  return path;
}

test('a large row whose page has lost its header is saved before LMDB believes that header', async () => {
  const path = await changed('header', (bytes) => {
    const overflow = Array.from({ length: bytes.length / PAGE }, (_, page) => page * PAGE);
    const [, second] = overflow.filter((at) => bytes.readUInt16LE(at + 18) === 4);
    bytes.fill(0, second, second + 24);
  });
  const shelf = await openLmdb(path);
  expect(shelf.damaged).toEqual(told);
  expect((await shelf.list('prints')).map(([, row]) => row.length)).toEqual(Array(20).fill(3000));
  await shelf.close();
});

test('a damaged number of the last transaction does not bring back the state before it', async () => {
  const path = await changed('transaction', (bytes) => {
    const numbers = [0, PAGE].map((at) => Number(bytes.readBigUInt64LE(at + 152)));
    bytes.writeBigUInt64LE(1n, numbers[0] > numbers[1] ? 152 : PAGE + 152);
  });
  await expect(openLmdb(path, { readOnly: true })).rejects.toEqual(named('LibraryDamaged'));
  const shelf = await openLmdb(path);
  expect(shelf.damaged).toEqual(told);
  expect(await shelf.keys('prints')).toHaveLength(20);
  await shelf.close();
});

test.each([
  [7, 6, [6, 7]],
  [7, 12, [7, 8]],
  [7, 2, [7]],
])('a row whose key was %i and became %i is not read under it', async (from, to, lost) => {
  const path = await changed(`key-${to}`, (bytes) => {
    for (let at = 0; at < bytes.length; at += PAGE) {
      if (bytes.readUInt16LE(at + 18) !== 2) continue;
      for (let node = 0; node < bytes.readUInt16LE(at + 20); node += 2) {
        const key = at + 24 + bytes.readUInt16LE(at + 24 + node) + 8;
        if (keyOf(bytes.subarray(key, key + 8)) === from) bytes.set(keyBytes(to), key);
      }
    }
  });
  await expect(openLmdb(path, { readOnly: true })).rejects.toEqual(named('LibraryDamaged', /out of order/));
  const shelf = await openLmdb(path);
  expect(shelf.damaged).toEqual(told);
  const rows = await shelf.list('prints');
  const left = Array.from({ length: 20 }, (_, i) => i + 1).filter((key) => !lost.includes(key));
  expect(rows.map(([key, [value]]) => [key, value])).toEqual(left.map((key) => [key, key]));
  await shelf.close();
});

test('a file of no bytes is no empty library', async () => {
  const path = await filled('empty', 20);
  truncateSync(join(path, 'data.mdb'));
  await expect(openLmdb(path, { readOnly: true })).rejects.toEqual(named('LibraryDamaged', /it is empty/));
  const shelf = await openLmdb(path);
  expect(shelf.damaged).toEqual(told);
  await shelf.close();
});

test.each([0, 100, 5000, 8192, 40_000, 300_000])('a file cut to %i bytes never ends the process', async (size) => {
  const path = await filled(`cut-${size}`, 200, 3000);
  truncateSync(join(path, 'data.mdb'), size);
  const outcome = await openLmdb(path).catch((error: Error) => error);
  if (outcome instanceof Error) return expect(outcome).toEqual(named('LibraryDamaged'));
  const rows = await outcome.list('prints');
  expectWritten(rows);
  if (rows.length < 200) expect(outcome.damaged).toEqual(told);
  await outcome.write([putOf(500)]);
  await outcome.close();
  const again = await openLmdb(path);
  expect(await again.keys('prints')).toEqual([...rows.map(([key]) => key), 500]);
  await again.close();
});
