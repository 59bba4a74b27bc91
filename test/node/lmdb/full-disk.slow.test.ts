/** A library on a disk that has no room left, at many sizes of what is left. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../../../src/library/library.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { builtProgram } from '../../support/built-programs.ts';
import { matching } from '../../support/matching.ts';
import { someLearnt } from '../../support/prints.ts';
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts';
import { startProcess } from './holders.ts';

/** A few tracks make a segment: the index, too, must bear with a full disk. */
const options = { ...matching, sealPostings: 3000 };
const learntOf = (seed: number) => someLearnt(seed, { seconds: 60 });
const full = expect.objectContaining({
  name: 'StorageFull',
  message: 'The disk is full. Free some space and try again.',
});

const DISK_BYTES = 2 ** 23;
const disk = smallDisk(DISK_BYTES);
let program: string;
beforeAll(async () => {
  program = await builtProgram('test/node/lmdb/holder-program.ts');
});
afterAll(() => {
  disk?.remove();
});

/** The attack `disk` tries hundreds. */
/** A test that is given up for lost would go on writing beside the next one. */
const PATIENT = { timeout: 600_000 };
const sizes = [16, 28, 44, 60, 72];
describe.runIf(disk)('needs a small disk: the right to mount a tmpfs', () => {
  test.each(sizes)('with %i kB left, no track that was told is lost, and it goes on with room', PATIENT, async (kB) => {
    const { at, leave } = disk as SmallDisk;
    const path = at('library');
    rmSync(path, { recursive: true, force: true });
    leave(DISK_BYTES / 2);
    const library = await openLibrary(await openLmdb(path), options);
    leave(kB * 1024);
    const told: number[] = [];
    const add = async (seed: number) => {
      await library.add(learntOf(seed));
      told.push(seed);
    };
    const faults: unknown[] = [];
    for (let seed = 1; faults.length < 5; seed++) await add(seed).catch((error) => faults.push(error));
    expect(faults).toEqual(Array(5).fill(full));

    // Of what was added until the disk was full there may be 3 MB, and indexing takes room, too.
    leave(DISK_BYTES / 2);
    for (let seed = 1001; seed <= 1010; seed++) await add(seed);
    await library.settled();
    expect(await library.verify()).toEqual({ repaired: [], lost: [] });
    await library.close();

    const again = await openLibrary(await openLmdb(path), options);
    const { rows } = await again.tracks({ limit: Infinity });
    expect(rows.map(({ title }) => title).sort()).toEqual(told.map((seed) => `Song ${seed}`).sort());
    const prints = await again.packedPrints(rows.map(({ id }) => id));
    expect(prints).toEqual(rows.map(({ contentId }) => learntOf(Number.parseInt(contentId, 16)).print));
    await again.settled();
    expect(await again.status()).toMatchObject({ pending: 0, damaged: [] });
    await again.close();
  });

  test('a library that cannot be begun or opened for want of room says so', PATIENT, async () => {
    const { at, leave } = disk as SmallDisk;
    // In a process of its own, which LMDB would end.
    const holder = startProcess(program);
    for (const kB of [0, 4, 8, 12, 16, 24, 32, 40, 48, 56, 64, 72]) {
      const path = at('begun');
      rmSync(path, { recursive: true, force: true });
      leave(kB * 1024);
      const first = await holder.do({ open: path });
      if (kB < 40) expect(first).toEqual({ fault: full });
      else if ('fault' in first) expect(first).toEqual({ fault: full });
      leave(2 ** 18);
      if ('fault' in first) expect(await holder.do({ open: path })).toEqual({ keys: [] });
      expect(await holder.do({ put: 1 })).toEqual({ keys: [] });
      expect(await holder.do({ close: true })).toEqual({ keys: [] });

      rmSync(at('begun/lock.mdb'));
      leave(0);
      for (const readOnly of [true, false]) expect(await holder.do({ open: path, readOnly })).toEqual({ fault: full });
      leave(2 ** 16);
      expect(await holder.do({ open: path, readOnly: true })).toEqual({ keys: [] });
      expect(await holder.do({ keys: true })).toEqual({ keys: [1] });
      expect(await holder.do({ close: true })).toEqual({ keys: [] });
    }
    await holder.signal('SIGKILL');
  });
});
