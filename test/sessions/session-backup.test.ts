import { expect, test } from 'vitest';
import type { Engine, Session } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { json, section } from '../../src/library/bundle/sections.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { StripMaker } from '../../src/sessions/strip-maker.ts';
import { kernelModule } from '../support/kernel.ts';
import { noise } from '../support/music.ts';
import { someLearnt } from '../support/prints.ts';
import { someSession, someStretch } from '../support/sessions.ts';

const open = () => openEngine({ shelf: openMemory(), kernel: kernelModule });

async function bundleOf(engine: Engine, sessions: boolean): Promise<Blob> {
  const pieces: BlobPart[] = [];
  await engine.exportBundle({ made: 0, sessions }, async (bytes) => void pieces.push(Uint8Array.from(bytes)));
  return new Blob(pieces);
}

const strip = () => {
  const maker = new StripMaker();
  maker.pushRows(new Uint8Array(805 * 40).fill(90));
  return maker.strip();
};

async function filled() {
  const engine = await open();
  await engine.add(someLearnt(3), { evenIfSimilar: true });
  const track = { title: 'Song 3', contentId: someLearnt(3).contentId };
  const heard = someSession({ stretches: [someStretch(1, { track })], note: 'mine' });
  const session = await engine.sessions.save(heard, strip());
  await engine.sessions.save(someSession({ began: 5, source: 'microphone', stretches: [] }));
  return { engine, session };
}

test('a backup carries sessions with their strips into an empty library', async () => {
  const { engine, session } = await filled();
  const backup = await bundleOf(engine, true);
  const other = await open();
  expect(await other.previewBundle(backup)).toMatchObject({ trackCount: 1, sessionCount: 2 });
  await other.importBundle(backup, 'merge');
  const [first, second] = (await other.sessions.list()).rows;
  const [{ track }] = first.stretches;
  expect(first).toEqual({ ...session, stretches: [{ ...session.stretches[0], track: { ...track } }] });
  expect((await other.track(track.id!))?.title).toBe('Song 3');
  expect(await other.sessions.strip(first.id)).toEqual(strip());
  expect(second).toMatchObject({ source: 'microphone', hasStrip: false });
});

test('restoring twice changes nothing, and replacing removes what the backup lacks', async () => {
  const { engine } = await filled();
  const backup = await bundleOf(engine, true);
  const later = await engine.sessions.save(someSession({ began: 9 }));
  await engine.importBundle(backup, 'merge');
  expect((await engine.sessions.list()).total).toBe(3);
  await engine.importBundle(backup, 'replace');
  expect((await engine.sessions.list()).total).toBe(2);
  await engine.sessions.restore([later.id]);
  expect((await engine.sessions.list()).total).toBe(3);
});

test('a session whose number is taken by another gets a number of its own', async () => {
  const { engine, session } = await filled();
  const backup = await bundleOf(engine, true);
  const other = await open();
  await other.sessions.save(someSession({ id: session.id, began: 77 }));
  await other.importBundle(backup, 'merge');
  const { rows } = await other.sessions.list();
  expect(rows.map(({ began }: Session) => began).sort()).toEqual([77, 5, session.began].sort());
});

test('an ordinary bundle has no sessions and is of version 1', async () => {
  const { engine } = await filled();
  const bundle = await bundleOf(engine, false);
  const bytes = new Uint8Array(await bundle.arrayBuffer());
  expect(bytes[12]).toBe(1);
  expect(new TextDecoder('latin1').decode(bytes)).not.toContain('SESS');
  const other = await open();
  await other.importBundle(bundle, 'merge');
  expect((await other.sessions.list()).total).toBe(0);
});

test('a backup with a senseless session is taken not at all', async () => {
  const { engine } = await filled();
  const bytes = new Uint8Array(await (await bundleOf(engine, true)).arrayBuffer());
  const end = section('END', new Uint8Array(0));
  const text = new TextDecoder('latin1').decode(bytes);
  const last = text.lastIndexOf('SESS');
  const bad = section('SESS', json({ id: 1, began: 'never' }));
  const other = await open();
  const forged = new Blob([bytes.subarray(0, last), bad as Uint8Array<ArrayBuffer>, end as Uint8Array<ArrayBuffer>]);
  await expect(other.importBundle(forged, 'merge')).rejects.toThrow('a session in it is invalid');
  expect((await other.status()).trackCount).toBe(0);
});

test('a backup carries what is never to be named, once', async () => {
  const { engine } = await filled();
  const { id } = (await engine.known(someLearnt(3).contentId))!;
  await engine.refuse({ samples: noise(66_150), sampleRate: 11_025 }, id);
  const backup = await bundleOf(engine, true);
  const shelf = openMemory();
  const other = await openEngine({ shelf, kernel: kernelModule });
  for (let i = 0; i < 2; i++) await other.importBundle(backup, 'merge');
  expect(await shelf.keys('refusals')).toHaveLength(1);
  expect(await bundleOf(other, true)).toEqual(backup);
});
