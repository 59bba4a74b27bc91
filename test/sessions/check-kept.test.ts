import { expect, test } from 'vitest';
import { packCatalogue } from '../../src/catalogue/catalogue-row.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Row, Shelf, Store } from '../../src/library/shelf/shelf.ts';
import { StripMaker } from '../../src/sessions/strip-maker.ts';
import { learnt } from '../support/engine.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';
import { someSession } from '../support/sessions.ts';

const open = (shelf: Shelf) => openEngine({ shelf, kernel: kernelModule });

function strip() {
  const maker = new StripMaker();
  maker.pushRows(new Uint8Array(805 * 43).fill(60));
  maker.pushPower(0.25, 1);
  return maker.strip();
}

async function spoil(shelf: Shelf, store: Store, key: number, how = flipped): Promise<void> {
  const [row] = await shelf.read(store, [key]);
  if (!row) throw new Error('there is no such row');
  await shelf.write([{ store, key, row: how(row) }]);
}

const flipped = (row: Row): Row => row.map((byte, i) => (i === 5 ? byte ^ 1 : byte));

test('a damaged session is reported and deleted, and the others are listed', async () => {
  const shelf = openMemory();
  const engine = await open(shelf);
  const { id } = await engine.sessions.save(someSession(), strip());
  const other = await engine.sessions.save(someSession({ name: 'other.mp3' }));
  await spoil(shelf, 'sessions', id);
  const day = new Date(id).toISOString().slice(0, 10);
  const { repaired, lost } = await engine.verify();
  expect(repaired).toEqual([]);
  expect(lost).toEqual([expect.stringContaining(`The session of ${day}`)]);
  expect((await engine.sessions.list()).rows.map((row) => row.id)).toEqual([other.id]);
  expect(await shelf.keys('strips')).toEqual([]);
  expect((await engine.verify()).lost).toEqual([]);
});

test.each([['damaged'], ['missing']])('a session whose strip is %s goes on without it', async (how) => {
  const shelf = openMemory();
  const engine = await open(shelf);
  const { id } = await engine.sessions.save(someSession(), strip());
  if (how === 'damaged') await spoil(shelf, 'strips', id);
  else await shelf.write([{ store: 'strips', from: id, below: id + 1 }]);
  expect((await engine.verify()).lost).toEqual(['The session “radio mix.mp3” has lost its picture.']);
  expect(await engine.sessions.get(id)).toMatchObject({ name: 'radio mix.mp3', hasStrip: false });
  expect((await engine.verify()).lost).toEqual([]);
});

test('a damaged refusal is reported and deleted, and recognising goes on', async () => {
  const shelf = openMemory();
  const engine = await open(shelf);
  const song = music(20, 11_025, 1);
  const added = await engine.add(learnt(song, 'Alder'));
  await engine.refuse(song, added.track.id);
  const [key] = await shelf.keys('refusals');
  await spoil(shelf, 'refusals', key);
  expect((await engine.verify()).lost).toEqual([expect.stringContaining('“never name this song”')]);
  expect(await shelf.keys('refusals')).toEqual([]);
  expect((await engine.recognize(song)).matches[0]?.track.title).toBe('Alder');
});

test('a damaged subscription to a catalogue is reported and deleted, and its songs stay', async () => {
  const shelf = openMemory();
  const engine = await open(shelf);
  await engine.add(learnt(music(20, 11_025, 1), 'Alder'));
  const fields = { address: 'https://radio.example/', name: 'Radio', version: 1, tracks: 1, weekly: false };
  const row = packCatalogue({ ...fields, number: 7, checked: 1, hosts: [], pieces: [], shared: [] });
  await shelf.write([{ store: 'state', key: 7, row }]);
  expect((await engine.verify()).lost).toEqual([]);
  await spoil(shelf, 'state', 7);
  expect((await engine.verify()).lost).toEqual([expect.stringContaining('A subscription to a catalogue is lost.')]);
  expect(await shelf.keys('state')).toEqual([0]);
  expect((await engine.tracks({})).total).toBe(1);
});

test('rows that storage cannot read now are reported and kept', async () => {
  const shelf = openMemory();
  const engine = await open(shelf);
  const { id } = await engine.sessions.save(someSession());
  await spoil(shelf, 'sessions', id, () => new Uint8Array(0));
  expect((await engine.verify()).lost).toHaveLength(1);
  expect(await shelf.keys('sessions')).toEqual([id]);
});
