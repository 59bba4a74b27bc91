/** Ways in which songs were lost once, or a library could not be used any more. */
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openLibrary } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { packJson, type State, type TrackRow, unpackJson } from '../../src/library/rows/row-bytes.ts';
import { writeChecksum } from '../../src/library/shelf/checksum.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { type Change, type Row, type Shelf, STORES, without } from '../../src/library/shelf/shelf.ts';
import { placesIn } from '../support/live.ts';
import { matching } from '../support/matching.ts';
import { someLearnt, somePrint } from '../support/prints.ts';
import { random } from '../support/random.ts';
import { tabs } from '../support/tabs.ts';

const options = { ...matching, sealPostings: 900 };
const named = (name: string) => expect.objectContaining({ name });

async function* learnts(from: number, count: number) {
  for (let seed = from; seed < from + count; seed++) yield someLearnt(seed, { seconds: 6 });
}

const titles = async (shelf: Shelf) =>
  (await (await openLibrary(shelf, options)).tracks({ limit: 999 })).rows.map(({ title }) => title);

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'closing at any moment keeps what was told as added (seed %i)',
  async (seed) => {
    const shelf = openMemory();
    const library = await openLibrary(shelf, options);
    for await (const learnt of learnts(1, 6)) await library.add(learnt);
    await library.remove([2]);
    const next = random(seed);
    const told: string[] = ['Song 1', 'Song 3', 'Song 4', 'Song 5', 'Song 6'];
    const calls = Array.from({ length: 6 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, next() * 12));
      const { title } = await library.add(someLearnt(100 + i, { seconds: 6 }));
      told.push(title);
    });
    const outcomes = Promise.allSettled(calls);
    await new Promise((resolve) => setTimeout(resolve, next() * 12));
    await library.close();
    for (const outcome of await outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(named('LibraryClosed'));
    expect((await titles(shelf)).sort()).toEqual(told.sort());
  },
);

test('a library is closed although there is no room to delete what was removed', async () => {
  const shelf = openMemory();
  let isFull = false;
  let isClosed = false;
  const small: Shelf = {
    ...shelf,
    async write(changes) {
      if (isFull) throw new UserError('StorageFull', 'Full.');
      await shelf.write(changes);
    },
    async close() {
      isClosed = true;
    },
  };
  const library = await openLibrary(small, options);
  for await (const learnt of learnts(1, 3)) await library.add(learnt);
  await library.remove([2]);
  isFull = true;
  await library.close();
  expect(isClosed).toBe(true);
  expect(await titles(shelf)).toEqual(['Song 1', 'Song 3']);
});

test('after closing every call is refused by name', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  await library.add(someLearnt(1));
  await library.close();
  await library.close();
  const calls = [
    library.add(someLearnt(2)),
    library.addAll(learnts(3, 2)),
    library.edit(1, { title: 'x' }),
    library.remove([1]),
    library.restore([1]),
    library.verify(),
    library.cover(1),
    library.prints([1]),
    library.lookup(Uint32Array.of(1)),
  ];
  for (const call of calls) await expect(call).rejects.toEqual(named('LibraryClosed'));
  expect(await titles(shelf)).toEqual(['Song 1']);
});

test.each(['state', 'segments', 'pages', 'covers'] as const)(
  'without any row of %s, no track and no print is lost',
  async (store) => {
    const shelf = openMemory();
    const library = await openLibrary(shelf, options);
    for await (const learnt of learnts(1, 12)) await library.add(learnt);
    await library.settled();
    const ids = library.ids();
    const prints = await library.prints(ids);
    await library.close();
    await shelf.write([{ store, from: 0, below: Infinity }]);

    const again = await openLibrary(shelf, options);
    await again.settled();
    expect(again.ids()).toEqual(ids);
    expect(await again.prints(again.ids())).toEqual(prints);
    await again.add(someLearnt(99));
    await again.settled();
    expect(again.ids()).toHaveLength(13);
    const { hashes } = matching.landmarksOf(somePrint(5, { seconds: 6 }));
    const asked = Uint32Array.from(new Set(hashes)).sort();
    // Pages that are missing are found out by the first question, and then made again.
    await again.lookup(asked);
    await again.settled();
    expect(placesIn(again.stretches(), (await again.lookup(asked)).positions)).toContain('5:');
  },
);

test('prints without any row of a track come back as tracks by themselves', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 4)) await library.add(learnt);
  const [print] = await library.prints([3]);
  await library.close();
  await shelf.write([
    { store: 'tracks', from: 2, below: 4 },
    { store: 'state', from: 0, below: 1 },
  ]);
  const again = await openLibrary(shelf, options);
  await again.settled();
  const [recovered] = (await again.tracks({ search: 'track 3' })).rows;
  expect(await again.prints([recovered.id])).toEqual([print]);
  await again.close();
  expect(await titles(shelf)).toEqual(['Recovered track 2', 'Recovered track 3', 'Song 1', 'Song 4']);
});

test('a damaged print that another tab added does not keep this one from hearing of the rest', async () => {
  const shelf = openMemory();
  const enter = tabs();
  const here = await openLibrary(shelf, { ...options, others: enter() });
  const there = await openLibrary(shelf, { ...options, others: enter() });
  const spoilt: Shelf = { ...shelf };
  const { id } = await there.add(someLearnt(1));
  const [row] = await shelf.read('prints', [id]);
  await spoilt.write([{ store: 'prints', key: id, row: (row as Row).map((byte, i) => (i === 20 ? byte ^ 1 : byte)) }]);
  await there.add(someLearnt(2));
  await here.add(someLearnt(3));
  expect(here.ids()).toHaveLength(3);
});

test('prints that were exchanged are told, not taken for those of their tracks', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  await library.add(someLearnt(1, { seconds: 6 }));
  await library.add(someLearnt(2, { seconds: 7 }));
  await library.close();
  const [one, two] = (await shelf.read('prints', [1, 2])) as Row[];
  await shelf.write([
    { store: 'prints', key: 1, row: two },
    { store: 'prints', key: 2, row: one },
  ]);
  const again = await openLibrary(shelf, options);
  expect(await again.prints([1, 2])).toEqual([undefined, undefined]);
  expect(await again.packedPrints([1, 2])).toEqual([undefined, undefined]);
  expect((await again.verify()).lost).toEqual([expect.stringContaining('Song 1'), expect.stringContaining('Song 2')]);
});

const foreignRows: [string, (track: TrackRow) => Uint8Array][] = [
  ['no JSON', () => writeChecksum(new Uint8Array(40))],
  ['another number', (track) => packJson({ ...track, id: 2 })],
  ['no title', (track) => packJson({ ...track, title: undefined as unknown as string })],
  ['a place beyond the tape', (track) => packJson({ ...track, tapeStart: 2 ** 32 })],
  ['nothing', () => packJson(null as unknown as TrackRow)],
];
test.each(foreignRows)('a row of a track that holds %s does not keep the library closed', async (_what, forge) => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 3)) await library.add(learnt);
  await library.close();
  const [row] = await shelf.read('tracks', [1]);
  await shelf.write([{ store: 'tracks', key: 1, row: Uint8Array.from(forge(unpackJson<TrackRow>(row as Row))) }]);
  const again = await openLibrary(shelf, options);
  expect(again.ids()).toEqual([2, 3]);
  expect((await again.status()).damaged).toHaveLength(1);
  await again.verify();
  expect((await again.tracks({ search: 'Recovered' })).total).toBe(1);
});

test('a print that cannot be read does not keep others without a row from being recovered', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 4)) await library.add(learnt);
  await library.close();
  const [print] = (await shelf.read('prints', [2])) as Row[];
  await shelf.write([
    { store: 'tracks', from: 1, below: 4 },
    { store: 'prints', key: 2, row: writeChecksum(print.with(0, 9) as Row) },
  ]);
  const again = await openLibrary(shelf, options);
  await again.verify();
  const { rows } = await again.tracks({ limit: 9 });
  expect(rows.map(({ title }) => title).sort()).toEqual(['Recovered track 1', 'Recovered track 3', 'Song 4']);
});

test.each<[string, (print: Row) => Row, boolean]>([
  ['whose packing is of a later version', (print) => writeChecksum(print.with(0, 9) as Row), true],
  ['whose checksum does not fit', (print) => print.with(20, print[20] ^ 1) as Row, false],
])('a print without a row %s is told as a lost track', async (_what, spoil, isKept) => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 3)) await library.add(learnt);
  await library.close();
  const [print] = (await shelf.read('prints', [2])) as Row[];
  await shelf.write([without('tracks', 2), { store: 'prints', key: 2, row: spoil(print) }]);
  const again = await openLibrary(shelf, options);
  await again.settled();
  const told = ['Track 2 is lost: neither its title nor its print can be read. Learn its file again.'];
  expect((await again.status()).damaged).toEqual(told);
  expect((await again.verify()).lost).toEqual(told);
  expect((await again.verify()).lost).toEqual(isKept ? told : []);
});

test('a damaged row without a print is told as a lost track', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 3)) await library.add(learnt);
  await library.close();
  const [row] = (await shelf.read('tracks', [2])) as Row[];
  await shelf.write([{ store: 'tracks', key: 2, row: row.with(5, row[5] ^ 1) as Row }, without('prints', 2)]);
  const again = await openLibrary(shelf, options);
  expect((await again.verify()).lost).toEqual([expect.stringContaining('Track 2 is lost')]);
  expect((await again.verify()).lost).toEqual([]);
});

test('a row under an absurd number does not decide what the next tracks are numbered', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 3)) await library.add(learnt);
  await library.close();
  const [print] = (await shelf.read('prints', [2])) as Row[];
  for (const key of [2 ** 31, 2 ** 32 - 1, 2 ** 40]) {
    const absurd: Change[] = (['prints', 'segments', 'pages'] as const).map((store) => ({ store, key, row: print }));
    await shelf.write([without('state', 0), ...absurd]);
    const again = await openLibrary(shelf, options);
    await again.settled();
    const { id } = await again.add(someLearnt(key));
    expect(id).toBeLessThan(100);
    await again.close();
  }
});

test('a state that holds anything else is made again from the rows', async () => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 3)) await library.add(learnt);
  await library.close();
  const [row] = await shelf.read('state', [0]);
  const state = unpackJson<State>(row as Row);
  for (const nextTrack of [-1, 0.5, 'x', null, undefined])
    for (const forged of [{ ...state, nextTrack }, { ...state, leftovers: nextTrack }, nextTrack ?? null]) {
      await shelf.write([{ store: 'state', key: 0, row: packJson(forged as State) }]);
      expect(await titles(shelf)).toEqual(['Song 1', 'Song 2', 'Song 3']);
    }
});

/** A print that claims as many frames as it may, of as few bytes as that takes. */
function longPrint(seed: number, frameCount: number) {
  const count = Math.ceil(frameCount / (60 * 43));
  return packPrint({
    format: 1,
    frameCount,
    count,
    frames: Uint32Array.from({ length: count }, (_, i) => i * 60 * 43),
    bins: Uint16Array.from({ length: count }, (_, i) => 40 + ((i * seed) % 700)),
    levels: new Uint8Array(count).fill(9),
  });
}

test('a print that claims far more than it holds is refused, whichever way it comes', async () => {
  const library = await openLibrary(openMemory(), options);
  const boast = packPrint({ ...somePrint(1, { seconds: 1 }), frameCount: 2 ** 29 });
  await expect(library.add({ ...someLearnt(1), print: boast })).rejects.toEqual(named('LibraryDamaged'));
  async function* source() {
    yield { ...someLearnt(1), print: boast };
  }
  await expect(library.addAll(source())).rejects.toEqual(named('LibraryDamaged'));
  expect(library.ids()).toEqual([]);
  await library.add(someLearnt(2));
  const quiet = packPrint({ ...somePrint(3, { seconds: 2 }), frameCount: 9 * 60 * 43 });
  expect((await library.add({ ...someLearnt(3), print: quiet })).peakCount).toBeGreaterThan(0);
});

/** A library whose tape ends just before its end. */
async function spent(): Promise<Shelf> {
  const shelf = openMemory();
  const library = await openLibrary(shelf, options);
  for await (const learnt of learnts(1, 8)) await library.add(learnt);
  await library.settled();
  await library.close();
  const [row] = await shelf.read('state', [0]);
  const state = { ...unpackJson<State>(row as Row), nextTapeStart: 2 ** 32 - 100 };
  await shelf.write([{ store: 'state', key: 0, row: packJson(state) }]);
  return shelf;
}

test('a tape that is spent is laid anew, and everything on it is found again', async () => {
  const shelf = await spent();
  const library = await openLibrary(shelf, options);
  await library.add(someLearnt(50, { seconds: 6 }));
  await library.settled();
  await library.close();
  const again = await openLibrary(shelf, options);
  await again.settled();
  expect(again.ids()).toHaveLength(9);
  const [row] = await shelf.read('tracks', [9]);
  expect(unpackJson<TrackRow>(row as Row).tapeStart).toBeLessThan(10 * 1400);
  for (const seed of [1, 5, 8, 50]) {
    const { hashes } = matching.landmarksOf(somePrint(seed, { seconds: 6 }));
    const found = await again.lookup(Uint32Array.from(new Set(hashes)).sort());
    expect(placesIn(again.stretches(), found.positions)).toContain(`${seed === 50 ? 9 : seed}:`);
  }
});

test('a tape that is full of living tracks says so, and works again when they are removed or replaced', async () => {
  const full = openMemory();
  const filled = await openLibrary(full, options);
  const print = longPrint(1, 2 ** 24);
  async function* long(from: number, below: number) {
    for (let i = from; i < below; i++)
      yield { ...someLearnt(1000 + i), seconds: 400_000, learntSeconds: 400_000, print };
  }
  await filled.addAll(long(0, 255));
  await expect(filled.addAll(long(255, 256))).rejects.toEqual(named('StorageFull'));
  expect(filled.ids()).toHaveLength(255);
  await filled.close();
  for (const way of ['remove', 'replace']) {
    const shelf = openMemory();
    for (const store of STORES) await shelf.write((await full.list(store)).map(([key, row]) => ({ store, key, row })));
    const library = await openLibrary(shelf, options);
    if (way === 'replace') {
      expect(await library.addAll(learnts(1, 3), { replace: true })).toEqual({ added: 3, known: 0 });
    } else {
      await library.remove(library.ids());
      await library.close();
    }
    const again = await openLibrary(shelf, options);
    await again.add(someLearnt(7, { seconds: 6 }));
    await again.settled();
    const { hashes } = matching.landmarksOf(somePrint(7, { seconds: 6 }));
    const found = await again.lookup(Uint32Array.from(new Set(hashes)).sort());
    expect(placesIn(again.stretches(), found.positions)).toContain(`${again.known(someLearnt(7).contentId)?.id}:`);
    await again.close();
  }
}, 120_000);

test('the same bytes added at once, here and in other tabs, become one track', async () => {
  const shelf = openMemory();
  const enter = tabs();
  const libraries = await Promise.all([1, 2, 3, 4, 5].map(() => openLibrary(shelf, { ...options, others: enter() })));
  const added = await Promise.all(
    libraries.flatMap((library) => [3, 7, 3].map((seed) => library.addIfNew(someLearnt(seed)))),
  );
  expect(added.filter(({ state }) => state === 'added')).toHaveLength(2);
  expect(added.filter(({ state }) => state === 'known')).toHaveLength(13);
  expect((await titles(shelf)).sort()).toEqual(['Song 3', 'Song 7']);
});
