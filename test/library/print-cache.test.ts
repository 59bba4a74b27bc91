import { expect, test, vi } from 'vitest';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { PrintCache } from '../../src/library/prints/print-cache.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { somePrint } from '../support/prints.ts';

const noRow = () => undefined;

test('prints that were asked for are not read again, until memory is given back', async () => {
  const shelf = openMemory();
  const made = [1, 2, 3].map((id) => ({ id, print: somePrint(id) }));
  await shelf.write(made.map(({ id, print }) => ({ store: 'prints', key: id, row: packPrint(print) })));
  const read = vi.spyOn(shelf, 'read');
  const prints = new PrintCache(shelf, noRow, () => {});

  expect(await prints.get([1, 2])).toEqual([made[0].print, made[1].print]);
  expect(await prints.get([3, 1, 4])).toEqual([made[2].print, made[0].print, undefined]);
  expect(read.mock.calls.map(([, keys]) => Array.from(keys))).toEqual([
    [1, 2],
    [3, 4],
  ]);
  prints.dropCache();
  await prints.get([1]);
  expect(read).toHaveBeenCalledTimes(3);
});

test('a damaged print is told of and left out; its neighbours are there', async () => {
  const shelf = openMemory();
  const rows = [1, 2].map((id) => packPrint(somePrint(id)));
  rows[0][20] ^= 1;
  await shelf.write(rows.map((row, i) => ({ store: 'prints', key: i + 1, row })));
  const damaged: number[] = [];
  const prints = new PrintCache(shelf, noRow, (track) => damaged.push(track));
  const [first, second] = await prints.get([1, 2]);
  expect(first).toBeUndefined();
  expect(second?.count).toBeGreaterThan(0);
  expect(damaged).toEqual([1]);
});
