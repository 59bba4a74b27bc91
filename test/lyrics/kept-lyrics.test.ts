/** Lyrics in a library: learnt, replaced, checked, carried in bundles and deleted with their song. */
import { expect, test } from 'vitest';
import type { BundleOptions, Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { kernelModule } from '../support/kernel.ts';
import { matching } from '../support/matching.ts';
import { someLearnt } from '../support/prints.ts';

const open = (shelf = openMemory()) => openEngine({ shelf, kernel: kernelModule });

async function filled() {
  const shelf = openMemory();
  const engine = await open(shelf);
  for (const [seed, lyrics] of [[1, '[00:01.00]One'], [2], [3, 'Three']] as const)
    await engine.add({ ...someLearnt(seed), lyrics }, { evenIfSimilar: true });
  return { shelf, engine };
}

const textsOf = (engine: Engine) => Promise.all([1, 2, 3].map((id) => engine.lyrics(id)));

async function bundleOf(engine: Engine, options: BundleOptions): Promise<Blob> {
  const pieces: BlobPart[] = [];
  await engine.exportBundle({ made: 0, ...options }, async (bytes) => void pieces.push(Uint8Array.from(bytes)));
  return new Blob(pieces);
}

const version = async (bundle: Blob) => new Uint8Array(await bundle.arrayBuffer())[12];

test('lyrics are learnt with a song, replaced and removed', async () => {
  const { engine } = await filled();
  expect(await textsOf(engine)).toEqual(['[00:01.00]One', undefined, 'Three']);
  await engine.setLyrics(2, 'Two');
  await engine.setLyrics(3, undefined);
  expect(await textsOf(engine)).toEqual(['[00:01.00]One', 'Two', undefined]);
});

test('a bundle carries lyrics if it is to, and is then of version 2', async () => {
  const { engine } = await filled();
  const [plain, sung] = [await bundleOf(engine, {}), await bundleOf(engine, { lyrics: true })];
  expect([await version(plain), await version(sung)]).toEqual([1, 2]);
  const alone = await bundleOf(engine, { lyrics: true, tracks: [2] });
  expect(await version(alone)).toBe(1);
  const other = await open();
  expect(await other.previewBundle(sung)).toMatchObject({ trackCount: 3, newCount: 3 });
  await other.importBundle(sung, 'merge');
  expect((await textsOf(other)).sort()).toEqual(['Three', '[00:01.00]One', undefined]);
  expect(await bundleOf(other, { lyrics: true })).toEqual(sung);
});

test('lyrics from a bundle are cleaned of what no text needs', async () => {
  const engine = await open();
  await engine.add({ ...someLearnt(1), lyrics: 'One\u202e\nTwo\u0007' });
  const other = await open();
  await other.importBundle(await bundleOf(engine, { lyrics: true }), 'merge');
  expect(await other.lyrics(1)).toBe('One\nTwo');
});

test('damaged lyrics are told by title, and the rest is untouched', async () => {
  const { engine, shelf } = await filled();
  const [row] = await shelf.read('lyrics', [1]);
  await shelf.write([{ store: 'lyrics', key: 1, row: row!.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) }]);
  expect(await engine.lyrics(1)).toBeUndefined();
  expect(await engine.verify()).toEqual({ repaired: [], lost: [expect.stringMatching(/lyrics of “Song 1” are lost/)] });
  expect(await engine.verify()).toEqual({ repaired: [], lost: [] });
  expect(await textsOf(engine)).toEqual([undefined, undefined, 'Three']);
});

test('lyrics are deleted with their song, not before', async () => {
  const { shelf } = await filled();
  const library = await openLibrary(shelf, { ...matching });
  await library.remove([1]);
  expect(await shelf.keys('lyrics')).toEqual([1, 3]);
  await library.close();
  expect(await shelf.keys('lyrics')).toEqual([3]);
});
