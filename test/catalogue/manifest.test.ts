import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cut, keptPieces } from '../../src/catalogue/cut-pieces.ts';
import {
  type Manifest,
  manifestAddress,
  pieceAddress,
  readManifest,
  writeManifest,
} from '../../src/catalogue/manifest.ts';
import { UserError } from '../../src/errors.ts';
import { random } from '../support/random.ts';

const piece = { sha256: 'a'.repeat(64), bytes: 1000, tracks: 3, without: ['1'.repeat(64)] };
const manifest: Manifest = { name: 'Valley', version: 5, kernel: 1, tracks: 2, seconds: 40, pieces: [piece] };
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readManifest(bytes(text)).catch((error: Error) => error.name);
const written = (changes: object) => writeManifest({ ...manifest, ...changes });

async function signer() {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return { privateKey, publicKey: Buffer.from(raw).toString('hex') };
}

test('what was written is read', async () => {
  expect(await readManifest(bytes(await writeManifest(manifest)))).toEqual(manifest);
  const key = await signer();
  expect(await readManifest(bytes(await writeManifest(manifest, key)))).toEqual({ ...manifest, key: key.publicKey });
});

test('a signature covers every byte', async () => {
  const text = await writeManifest(manifest, await signer());
  expect(await read(text.replace('Valley', 'Walley'))).toBe('CatalogueDamaged');
  expect(await read(text.replace(/ed25519 .{64}/, `ed25519 ${'0'.repeat(64)}`))).toBe('CatalogueDamaged');
  expect(await read(text.replace(/.\n$/, 'x\n'))).toBe('CatalogueDamaged');
  expect(await read(text.replace(/\n$/, ''))).toBe('CatalogueDamaged');
});

test.each([
  ['odd characters in the name of a piece', { pieces: [{ ...piece, sha256: '../../../../etc/passwd' }] }],
  ['a name of a piece that is too long', { pieces: [{ ...piece, sha256: 'a'.repeat(65) }] }],
  ['a piece twice', { tracks: 4, pieces: [piece, piece] }],
  ['a piece that is too large', { pieces: [{ ...piece, bytes: 2 ** 40 }] }],
  ['more tracks than a piece has bytes', { tracks: 1999, pieces: [{ ...piece, tracks: 2000 }] }],
  ['a negative number of tracks', { pieces: [{ ...piece, tracks: -1 }] }],
  ['other numbers of tracks than its pieces', { tracks: 3 }],
  ['a version that is no number', { version: '9' }],
  ['an endless length', { seconds: '1e999' }],
  ['pieces that are no list', { pieces: { length: 1e9 } }],
  ['odd content ids', { pieces: [{ ...piece, without: ['<script>'] }] }],
])('a manifest with %s is damaged', async (_, changes) => {
  expect(await read(await written(changes))).toBe('CatalogueDamaged');
});

test('what is no manifest, or one of a later version, is told apart', async () => {
  expect(await read('<!doctype html>')).toBe('CatalogueForeign');
  expect(await readManifest(Uint8Array.of(255, 254, 0)).catch((error: Error) => error.name)).toBe('CatalogueForeign');
  expect(await read('entendu catalogue 2\n{}\n')).toBe('CatalogueNewer');
  expect(await read('entendu catalogue 1\n{"name"\n')).toBe('CatalogueDamaged');
  expect(await read('entendu catalogue 1')).toBe('CatalogueDamaged');
});

test('whatever the bytes are, they are read or refused with a sentence', async () => {
  const next = random(7);
  const intact = bytes(await writeManifest(manifest, await signer()));
  const names = new Set<string>();
  for (let round = 0; round < 500; round++) {
    const damaged = intact.slice(0, next() < 0.2 ? Math.floor(next() * intact.length) : undefined);
    for (let i = 0; i < 1 + 3 * next(); i++) damaged[Math.floor(next() * damaged.length)] = Math.floor(next() * 256);
    const error = await readManifest(damaged).then(
      () => undefined,
      (thrown) => thrown,
    );
    if (error) expect(error).toBeInstanceOf(UserError);
    names.add(error?.name ?? 'read');
  }
  expect(names).toContain('CatalogueDamaged');
  expect(names).toContain('CatalogueForeign');
});

test('a name from elsewhere is cleaned', async () => {
  expect(await read(await written({ name: 'Val\u202eley\u0007 ' }))).toMatchObject({ name: 'Valley' });
});

test('the address of a folder means the manifest in it, and pieces lie below', () => {
  const address = 'https://valley.example/songs/catalogue.txt';
  for (const typed of ['https://valley.example/songs', 'https://valley.example/songs/#x', address]) {
    expect(manifestAddress(typed)).toBe(address);
  }
  expect(pieceAddress(address, 'ab')).toBe('https://valley.example/songs/pieces/ab.bin');
});

test('tracks are cut into pieces of some 256 kB, whatever their order', () => {
  const tracks = Array.from({ length: 1000 }, (_, i) => ({ contentId: String((i * 7919) % 1000), bytes: 14_000 }));
  const pieces = cut(tracks);
  const sizes = pieces.map((group) => group.length * 14_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 18);
  expect(sizes.reduce((sum, size) => sum + size) / sizes.length).toBeGreaterThan(2 ** 16);
  expect(cut([...tracks].reverse())).toEqual(pieces);
});

test('after a small change most pieces are cut as before', () => {
  const digest = (i: number) => createHash('sha256').update(String(i)).digest('hex');
  const tracks = Array.from({ length: 1001 }, (_, i) => ({ contentId: digest(i), bytes: 14_000 }));
  const names = (some: typeof tracks) => cut(some).map((group) => group.map(({ contentId }) => contentId).join());
  const [before, after] = [names(tracks.slice(1)), names(tracks.slice(0, -1))];
  expect(after.filter((name) => !before.includes(name)).length).toBeLessThan(after.length / 10);
});

test('pieces of which little is left are cut again, and small ones when there are many', () => {
  const kept = (tracks: number, left: number, size: number) => ({
    ...{ tracks, bytes: size, same: Array.from({ length: left }, String) },
  });
  expect(keptPieces([kept(10, 4, 2 ** 18), kept(10, 5, 2 ** 18), kept(1, 0, 2 ** 18)])).toHaveLength(1);
  const small = Array.from({ length: 17 }, () => kept(1, 1, 1000));
  expect(keptPieces(small.slice(1))).toHaveLength(16);
  expect(keptPieces([...small, kept(10, 10, 2 ** 18)])).toHaveLength(1);
});
