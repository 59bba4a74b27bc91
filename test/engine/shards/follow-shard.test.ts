/** A copy of a shard is the original, however it was brought up to date. */
import { expect, test } from 'vitest';
import { followShard } from '../../../src/engine/shards/follow-shard.ts';
import { openLibrary } from '../../../src/library/library.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import { type Notice, noOtherWriters } from '../../../src/library/shelf/other-writers.ts';
import type { Shelf } from '../../../src/library/shelf/shelf.ts';
import { matching } from '../../support/matching.ts';
import { someLearnt } from '../../support/prints.ts';

const COPIED = ['state', 'tracks', 'prints', 'sketches', 'segments', 'refusals'] as const;
const rowsIn = async (shelf: Shelf) => Promise.all(COPIED.map((store) => shelf.list(store)));
/** Pages without a segment are left behind by the original for a while. */
const pagesIn = async (shelf: Shelf) => {
  const segments = await shelf.keys('segments');
  return (await shelf.keys('pages')).filter((key) => segments.includes(Math.floor(key / 2 ** 20)));
};

async function original() {
  const shelf = openMemory();
  const notices: Notice[] = [];
  const others = { ...noOtherWriters(), announce: (notice: Notice) => void notices.push(notice) };
  const library = await openLibrary(shelf, { ...matching, others, sealPostings: 2000 });
  return { shelf, library, notices };
}

const isSame = async (copy: Shelf, shelf: Shelf) => {
  expect(await rowsIn(copy)).toEqual(await rowsIn(shelf));
  expect(await pagesIn(copy)).toEqual(await pagesIn(shelf));
};

test.each([true, false])('after every change, with notices: %s', async (hasNotices) => {
  const { shelf, library, notices } = await original();
  const copy = openMemory();
  const follow = () => followShard(shelf, copy, hasNotices ? notices.splice(0) : []);
  await library.add(someLearnt(1));
  const first = await follow();
  expect(first?.bytes).toBeGreaterThan(1000);
  await isSame(copy, shelf);
  expect(await follow()).toBeUndefined();
  for (let seed = 2; seed < 9; seed++) {
    const { id } = await library.add(someLearnt(seed));
    if (seed % 3 === 0) await library.edit(id, { title: `Edited ${seed}` });
    if (seed % 4 === 0) await library.remove([id]);
    await library.settled();
    const followed = await follow();
    if (hasNotices) expect(followed?.notice.tracks).toContain(id);
    await isSame(copy, shelf);
  }
  const reader = await openLibrary({ ...copy, isReadOnly: true }, matching);
  expect(await reader.status()).toMatchObject({ damaged: [], pending: 0 });
});

test('a copy of a database that was restored from a backup, and has gone on differently, is made right', async () => {
  const [one, other] = [await original(), await original()];
  const copy = openMemory();
  for (let seed = 1; seed < 6; seed++) await one.library.add(someLearnt(seed));
  await followShard(one.shelf, copy, []);
  for (let seed = 1; seed < 9; seed++) await other.library.add(someLearnt(seed < 4 ? seed : seed + 100));
  await followShard(other.shelf, copy, []);
  await isSame(copy, other.shelf);
});

test('a copy that was interrupted is continued', async () => {
  const { shelf, library } = await original();
  for (let seed = 1; seed < 9; seed++) await library.add(someLearnt(seed));
  await library.settled();
  const copy = openMemory();
  let left = 3;
  const failing: Shelf = {
    ...copy,
    async write(changes, lazy) {
      if (left-- <= 0) throw new Error('the disk is full');
      return copy.write(changes, lazy);
    },
  };
  await expect(followShard(shelf, failing, [])).rejects.toThrow('the disk is full');
  expect(await copy.keys('state')).toEqual([]);
  await followShard(shelf, copy, []);
  await isSame(copy, shelf);
});
