import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { openEngine } from '../../src/engine/engine.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { OtherWriters } from '../../src/library/shelf/other-writers.ts';
import { oldHistory } from '../../src/sessions/old-history.ts';
import { StripMaker } from '../../src/sessions/strip-maker.ts';
import { kernelModule } from '../support/kernel.ts';
import { someLearnt } from '../support/prints.ts';
import { someSession, someStretch } from '../support/sessions.ts';
import { tabs } from '../support/tabs.ts';

const open = (shelf = openMemory(), others?: OtherWriters) => openEngine({ shelf, kernel: kernelModule, others });

test('a session is there after opening again, with its strip', async () => {
  const shelf = openMemory();
  const engine = await open(shelf);
  const maker = new StripMaker();
  maker.pushRows(new Uint8Array(805 * 43).fill(60));
  maker.pushPower(0.25, 1);
  const strip = maker.strip();
  const saved = await engine.sessions.save(someSession(), strip);
  await engine.close();
  const again = await open(shelf);
  expect(await again.sessions.get(saved.id)).toEqual({ ...someSession(), id: saved.id, hasStrip: true });
  expect(await again.sessions.strip(saved.id)).toEqual(strip);
});

test('sessions are listed newest first, and found by words, time, source and track', async () => {
  const { sessions } = await open();
  const day = 86_400_000;
  const began = Date.UTC(2026, 5, 1);
  const old = await sessions.save(someSession({ note: 'Été with Ana' }));
  const lullaby = someStretch(3, { track: { ...someStretch(3).track, title: 'Lullaby' } });
  const evening = { began: began + day, source: 'microphone', name: undefined } as const;
  const recent = await sessions.save(someSession({ ...evening, stretches: [lullaby] }));
  const ids = async (query: Parameters<typeof sessions.list>[0]) =>
    (await sessions.list(query)).rows.map(({ id }) => id);
  expect(await ids({})).toEqual([recent.id, old.id]);
  expect(await ids({ search: 'ete ANA' })).toEqual([old.id]);
  expect(await ids({ search: 'lullaby' })).toEqual([recent.id]);
  expect(await ids({ search: 'radio song' })).toEqual([old.id]);
  expect(await ids({ from: began + 1 })).toEqual([recent.id]);
  expect(await ids({ until: began + 1 })).toEqual([old.id]);
  expect(await ids({ sources: ['file'] })).toEqual([old.id]);
  expect(await ids({ contentId: someStretch(3).track.contentId })).toEqual([recent.id]);
  expect(await sessions.list({ offset: 1, limit: 5 })).toMatchObject({ total: 2, rows: [{ id: old.id }] });
});

test('a removed session is gone until it is restored, and for good after an hour', async () => {
  const shelf = openMemory();
  const { sessions } = await open(shelf);
  const { id } = await sessions.save(someSession());
  await sessions.remove([id]);
  expect(await sessions.get(id)).toBeUndefined();
  expect((await sessions.list()).total).toBe(0);
  await sessions.restore([id]);
  expect(await sessions.get(id)).toMatchObject({ name: 'radio mix.mp3' });
  await sessions.remove([id]);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * 3_600_000);
  await (await open(shelf)).sessions.list();
  vi.restoreAllMocks();
  expect(await shelf.keys('sessions')).toEqual([]);
});

test('a stretch names its track while it is in the library, whatever number it has there', async () => {
  const engine = await open();
  const added = await engine.add(someLearnt(7), { evenIfSimilar: true });
  if (added.state !== 'added') throw new Error(added.state);
  const { contentId } = added.track;
  const track = { title: 'As it was called then', contentId };
  const { id } = await engine.sessions.save(someSession({ stretches: [someStretch(1, { track })] }));
  expect((await engine.sessions.get(id))?.stretches[0].track).toEqual({ ...track, id: added.track.id });
  await engine.remove([added.track.id]);
  expect((await engine.sessions.get(id))?.stretches[0].track).toEqual(track);
});

test('a session that never ended is told as cut', async () => {
  const { sessions } = await open();
  const { id } = await sessions.save(someSession({ state: 'running' }));
  expect(await sessions.get(id)).toMatchObject({ state: 'running' });
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 200_000);
  const cut = await sessions.get(id);
  expect(cut).toMatchObject({ state: 'cut' });
  // A note does not change that.
  await sessions.save({ ...cut!, note: 'mine' });
  expect(await sessions.get(id)).toMatchObject({ state: 'cut', note: 'mine' });
  vi.restoreAllMocks();
});

test('another tab hears of a session and lists it', async () => {
  const shelf = openMemory();
  const enter = tabs();
  const [here, there] = [await open(shelf, enter()), await open(shelf, enter())];
  await there.sessions.list();
  const changed = new Promise<string>((resolve) => there.watch(({ kind }) => resolve(kind)));
  const { id } = await here.sessions.save(someSession());
  expect(await changed).toBe('sessions');
  expect((await there.sessions.list()).rows.map((session) => session.id)).toEqual([id]);
});

test('a damaged or senseless row does not hide the others', async () => {
  const shelf = openMemory();
  const { id } = await (await open(shelf)).sessions.save(someSession());
  await shelf.write([{ store: 'sessions', key: 5, row: Uint8Array.of(1, 2, 3) }]);
  expect((await (await open(shelf)).sessions.list()).rows.map((session) => session.id)).toEqual([id]);
});

test('history of an earlier version becomes sessions, once', async () => {
  const old = await openDB('entendu-history', 1, {
    upgrade: (database) => void database.createObjectStore('entries', { keyPath: 'id', autoIncrement: true }),
  });
  const answer = { title: 'Nocturne', artist: 'Field', contentId: 'c', positionSeconds: 72, confidence: 0.9, speed: 1 };
  await old.add('entries', { at: Date.UTC(2026, 1, 1), source: 'microphone', answer, seconds: 30, note: 'in the car' });
  await old.add('entries', { at: Date.UTC(2026, 1, 2), source: 'tab' });
  await old.add('entries', { at: 'nonsense' });
  old.close();
  const shelf = await openIndexedDb('with history');
  const engine = await openEngine({ shelf, kernel: kernelModule, earlierSessions: oldHistory });
  const { rows } = await engine.sessions.list();
  expect(rows).toMatchObject([
    { source: 'tab', stretches: [] },
    {
      source: 'microphone',
      note: 'in the car',
      stretches: [{ track: { title: 'Nocturne', artist: 'Field', contentId: 'c' }, trackSeconds: 72, toSeconds: 30 }],
    },
  ]);
  const again = await openEngine({ shelf, kernel: kernelModule, earlierSessions: oldHistory });
  expect((await again.sessions.list()).total).toBe(2);
  expect((await oldHistory()).sessions).toEqual([]);
});
