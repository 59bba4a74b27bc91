import { expect, test } from 'vitest';
import { previewBundle } from '../../../src/library/bundle/preview-bundle.ts';
import { readBundle } from '../../../src/library/bundle/read-bundle.ts';
import { section, startBytes } from '../../../src/library/bundle/sections.ts';
import { writeBundle } from '../../../src/library/bundle/write-bundle.ts';
import { type Library, openLibrary } from '../../../src/library/library.ts';
import { writeChecksum } from '../../../src/library/shelf/checksum.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import { without } from '../../../src/library/shelf/shelf.ts';
import { matching } from '../../support/matching.ts';
import { someLearnt } from '../../support/prints.ts';
import { random } from '../../support/random.ts';

const KERNEL = 1;
const open = (): Promise<Library> => openLibrary(openMemory(), matching);
const nothingKnown = () => false;

async function filled(count: number): Promise<Library> {
  const library = await open();
  for (let seed = 1; seed <= count; seed++) {
    const cover = new Blob([Uint8Array.of(seed, 2, 3)], { type: 'image/webp' });
    const learnt = someLearnt(seed * 7919, { seconds: 3 });
    await library.add({ ...learnt, ...(seed % 2 ? { cover } : {}) });
  }
  return library;
}

async function written(
  library: Library,
  options: Parameters<typeof writeBundle>[2] = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  await writeBundle(library, KERNEL, options, async (bytes) => void pieces.push(bytes.slice()));
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** All but when it was made. */
async function undated(library: Library, options = {}): Promise<Uint8Array> {
  const bytes = await written(library, options);
  const text = new TextDecoder('latin1').decode(bytes);
  const at = text.indexOf('"made":');
  const headEnd = text.indexOf('LIST');
  return bytes.filter((_, i) => i < at || i >= headEnd);
}

const read = (library: Library, bytes: Uint8Array<ArrayBuffer>) =>
  library.addAll(readBundle(new Blob([bytes]), KERNEL));

test('a bundle carries tracks, prints and covers into another library', async () => {
  const [from, to] = [await filled(20), await open()];
  expect(await read(to, await written(from))).toEqual({ added: 20, known: 0 });
  for (const track of (await from.tracks({ limit: 100 })).rows) {
    const found = to.known(track.contentId);
    expect(found).toMatchObject({ title: track.title, artist: track.artist, seconds: track.seconds, fileName: '' });
    expect(await to.prints([found?.id ?? 0])).toEqual(await from.prints([track.id]));
    expect((await to.cover(found?.id ?? 0))?.type).toBe((await from.cover(track.id))?.type);
  }
});

test.each([
  { gone: ['prints'], name: 'LibraryDamaged' },
  { gone: ['prints', 'tracks'], name: 'LibraryBusy' },
] as const)('a track without $gone ends writing with $name', async ({ gone, name }) => {
  const shelf = openMemory();
  const library = await openLibrary(shelf, matching);
  const { id } = await library.add(someLearnt(7, { seconds: 3 }));
  await shelf.write(gone.map((store) => without(store, id)));
  await expect(written(library)).rejects.toMatchObject({ name });
});

test.each([{}, { tags: false }, { fileNames: true, covers: false }])(
  'the same tracks give the same bytes, also out of another library (%o)',
  async (options) => {
    const [from, to] = [await filled(9), await open()];
    await read(to, await written(from, options));
    const bytes = await undated(from, options);
    expect(await undated(from, options)).toEqual(bytes);
    expect(await undated(to, options)).toEqual(bytes);
  },
);

test('what is not to go along does not', async () => {
  const library = await filled(4);
  const ids = library.ids().slice(0, 3);
  const bytes = await written(library, { tracks: ids, tags: false, covers: false, fileNames: false });
  const text = new TextDecoder('latin1').decode(bytes);
  expect(text).not.toMatch(/Song|Artist|mp3|webp/);
  expect((await previewBundle(new Blob([bytes]), KERNEL, nothingKnown)).trackCount).toBe(3);
});

test('a preview tells what is new before anything changes', async () => {
  const library = await filled(5);
  const bytes = await written(library, { name: 'For Ada' });
  const other = await open();
  await other.add(someLearnt(7919, { seconds: 3 }));
  const preview = await previewBundle(new Blob([bytes]), KERNEL, (id) => other.known(id) !== undefined);
  expect(preview).toMatchObject({ name: 'For Ada', trackCount: 5, seconds: 15, newCount: 4, knownCount: 1 });
  expect(preview.bytes).toBe(bytes.length);
  expect(preview.titles).toContain('Song 7919');
  expect((await other.tracks({})).total).toBe(1);
});

test('a bundle cut short anywhere is refused when it is looked into', async () => {
  const bytes = await written(await filled(5));
  for (const share of [0.2, 0.5, 0.9, 0.999]) {
    const cut = new Blob([bytes.subarray(0, Math.floor(share * bytes.length))]);
    await expect(previewBundle(cut, KERNEL, nothingKnown)).rejects.toMatchObject({ name: 'BundleDamaged' });
  }
});

test('an empty library makes an empty bundle', async () => {
  expect(await read(await open(), await written(await open()))).toEqual({ added: 0, known: 0 });
});

test('reading can be stopped, and then nothing has changed', async () => {
  const [bytes, library] = [await written(await filled(70)), await open()];
  const stop = new AbortController();
  const source = readBundle(new Blob([bytes]), KERNEL, () => stop.abort());
  await expect(library.addAll(source, { signal: stop.signal })).rejects.toThrow();
  expect((await library.tracks({})).total).toBe(0);
});

test('reading can be stopped even when all of it was read, as long as another tab keeps it waiting', async () => {
  const [bytes, library] = [await written(await filled(10)), await open()];
  const stop = new AbortController();
  async function* source() {
    yield* readBundle(new Blob([bytes]), KERNEL);
    stop.abort();
  }
  await expect(library.addAll(source(), { signal: stop.signal })).rejects.toThrow();
  expect((await library.tracks({})).total).toBe(0);
});

test('a bundle of another kernel, a later version or something else is told apart', async () => {
  const bytes = await written(await filled(1));
  const named = (name: string) => expect.objectContaining({ name });
  const reading = (changed: Uint8Array<ArrayBuffer>, kernel = KERNEL) =>
    previewBundle(new Blob([changed]), kernel, nothingKnown);
  await expect(reading(bytes, KERNEL + 1)).rejects.toEqual(named('BundleOtherKernel'));
  await expect(reading(bytes.map((byte, i) => (i === 12 ? 3 : byte)))).rejects.toEqual(named('BundleNewer'));
  await expect(reading(new TextEncoder().encode('PK, and something that is no bundle'))).rejects.toEqual(
    named('BundleForeign'),
  );
  await expect(reading(new Uint8Array(0))).rejects.toEqual(named('BundleForeign'));
});

/** Sections with sound checksums, whatever they hold. */
function bundleOf(...sections: [tag: string, payload: Uint8Array | string | object][]): Blob {
  const bytes = sections.map(([tag, payload]) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return section(tag, payload instanceof Uint8Array ? payload : new TextEncoder().encode(text)).slice();
  });
  return new Blob([startBytes().slice(), ...bytes]);
}

const head = (tracks: number) => ({ name: 'x', made: 1, kernel: KERNEL, tracks, seconds: 1 });
const entry = (more: object) => ({ contentId: 'a'.repeat(64), seconds: 3, learntSeconds: 3, title: 'x', ...more });
const huge = (tag: string) => {
  const bytes = section(tag, new Uint8Array(0));
  new DataView(bytes.buffer).setUint32(4, 0xfffffff0, true);
  return bytes;
};

test.each<[string, Blob]>([
  ['a length of 4 GB', new Blob([startBytes().slice(), huge('HEAD').slice()])],
  ['more tracks than it lists', bundleOf(['HEAD', head(2 ** 40)], ['LIST', [entry({})]], ['END', ''])],
  ['a list deeper than any stack', bundleOf(['HEAD', head(1)], ['LIST', '['.repeat(2 ** 21)], ['END', ''])],
  ['a list of nothing', bundleOf(['HEAD', head(1)], ['LIST', []], ['END', ''])],
  ['two heads', bundleOf(['HEAD', head(0)], ['HEAD', head(0)], ['END', ''])],
  ['two ends', bundleOf(['HEAD', head(0)], ['END', ''], ['END', ''])],
  ['a negative count', bundleOf(['HEAD', head(-1)], ['END', ''])],
  ['the same track twice', bundleOf(['HEAD', head(2)], ['LIST', [entry({}), entry({})]], ['END', ''])],
  ['a title that is a list', bundleOf(['HEAD', head(1)], ['LIST', [entry({ title: [] })]], ['END', ''])],
  ['a cover that is a script', bundleOf(['HEAD', head(1)], ['LIST', [entry({ cover: 'image/svg+xml' })]], ['END', ''])],
  ['a content id that is a path', bundleOf(['HEAD', head(1)], ['LIST', [entry({ contentId: '../x' })]], ['END', ''])],
  ['a print that is none', bundleOf(['HEAD', head(1)], ['LIST', [entry({})]], ['PRNT', 'x'], ['END', ''])],
])('a bundle with %s is refused in a sentence', async (_what, bundle) => {
  const library = await open();
  const adding = library.addAll(readBundle(bundle, KERNEL));
  await expect(adding).rejects.toEqual(expect.objectContaining({ name: 'BundleDamaged' }));
  await expect(adding).rejects.toThrow(/\.$/);
  expect((await library.tracks({})).total).toBe(0);
});

test('titles come without control characters and turned writing, and markup is only text', async () => {
  const from = await open();
  const title = '<img src=x onerror=alert(1)>\u0000\u202egnp.exe\u0007 \ud800';
  await from.add({ ...someLearnt(1, { seconds: 3 }), tags: { title, artist: '\u0001', album: 'y'.repeat(9000) } });
  const to = await open();
  await read(to, await written(from));
  const [track] = (await to.tracks({})).rows;
  expect(track.title).toBe('<img src=x onerror=alert(1)>gnp.exe');
  expect(track.artist).toBeUndefined();
  expect(track.album).toHaveLength(500);
});

test('of hundreds of spoilt bundles none is taken in by half, and each is refused in a sentence', async () => {
  const next = random(42);
  const original = await written(await filled(3), { fileNames: true });
  const library = await open();
  const below = (limit: number) => Math.floor(next() * limit);
  const mutations: ((bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>)[] = [
    (bytes) => bytes.with(below(bytes.length), below(256)) as Uint8Array<ArrayBuffer>,
    (bytes) => bytes.slice(0, below(bytes.length)),
    (bytes) => bytes.slice(below(64)),
    (bytes) => {
      const changed = bytes.slice();
      new DataView(changed.buffer).setUint32(below(bytes.length - 4), below(2) ? 0xffffffff : below(2 ** 16), true);
      return changed;
    },
    (bytes) => {
      const [from, length] = [below(bytes.length), below(300)];
      const changed = new Uint8Array(bytes.length + length);
      changed.set(bytes.subarray(0, from));
      changed.set(bytes.subarray(Math.max(0, from - length), from), from);
      changed.set(bytes.subarray(from), from + length);
      return changed;
    },
    (bytes) => bytes.toReversed() as Uint8Array<ArrayBuffer>,
    (bytes) => bytes.fill(below(256), below(bytes.length), below(bytes.length)),
  ];
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    let bytes = original.slice();
    const rounds = 1 + below(3);
    for (let j = 0; j < rounds && bytes.length > 8; j++) bytes = mutations[below(mutations.length)](bytes);
    try {
      await read(library, bytes);
      // Only what changed nothing that counts is taken.
      expect((await library.tracks({})).total).toBe(3);
    } catch (error) {
      expect(error).toHaveProperty('name', expect.stringMatching(/^Bundle/));
      expect(error).toHaveProperty('message', expect.stringMatching(/\.$/));
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(400);
  const kept = (await library.tracks({ limit: 10 })).rows.map(({ title }) => title);
  expect(kept.length === 0 || kept.length === 3).toBe(true);
});

/** The sections of a sound bundle. */
function sectionsOf(bytes: Uint8Array<ArrayBuffer>): [tag: string, payload: Uint8Array<ArrayBuffer>][] {
  const sections: [string, Uint8Array<ArrayBuffer>][] = [];
  for (let at = startBytes().length; at < bytes.length; ) {
    const length = new DataView(bytes.buffer).getUint32(at + 4, true);
    const tag = new TextDecoder().decode(bytes.subarray(at, at + 4)).trimEnd();
    sections.push([tag, bytes.slice(at + 8, at + 8 + length)]);
    at += 8 + length + 4;
  }
  return sections;
}

const JUNK = [
  '"',
  '[',
  '{',
  '}',
  ']',
  ',',
  '-',
  '1e999',
  'null',
  '"\\u0000\\u202e"',
  '"<script>alert(1)</script>"',
  '[[[[',
  '99999999999',
];

test('of hundreds of spoilt bundles whose checksums fit, too, none is taken in by half', async () => {
  const next = random(43);
  const below = (limit: number) => Math.floor(next() * limit);
  const original = sectionsOf(await written(await filled(3), { fileNames: true }));
  const spoil = (tag: string, payload: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    if (tag === 'PRNT' && payload.length > 20) {
      const changed = below(4) ? payload.slice() : payload.slice(0, 16 + below(payload.length - 16));
      for (let flips = below(4); flips >= 0; flips--) changed[below(changed.length - 4)] ^= 1 << below(8);
      return writeChecksum(changed);
    }
    if (tag !== 'HEAD' && tag !== 'LIST') return payload.slice(0, below(payload.length + 1));
    const text = new TextDecoder().decode(payload);
    const [from, length] = [below(text.length), below(12)];
    return new TextEncoder().encode(text.slice(0, from) + JUNK[below(JUNK.length)] + text.slice(from + length));
  };
  let [refused, taken] = [0, 0];
  for (let i = 0; i < 500; i++) {
    const sections = [...original];
    const at = below(sections.length);
    const [tag, payload] = sections[at];
    const changes = [
      () => sections.splice(at, 1),
      () => sections.splice(below(sections.length), 0, sections[at]),
      () => sections.push(...sections.splice(at, 1)),
      () => sections.splice(at, 1, [original[below(original.length)][0], payload]),
    ];
    if (below(4)) sections[at] = [tag, spoil(tag, payload)];
    else changes[below(changes.length)]();
    const library = await open();
    try {
      await library.addAll(readBundle(bundleOf(...sections), KERNEL));
      const rows = (await library.tracks({})).rows;
      expect(rows).toHaveLength(3);
      expect(rows.every(({ title }) => title.length > 0 && !/[\p{Cc}\u202e]/u.test(title))).toBe(true);
      expect((await library.prints(rows.map(({ id }) => id))).every(Boolean)).toBe(true);
      taken++;
    } catch (error) {
      expect(error).toHaveProperty('name', expect.stringMatching(/^Bundle/));
      expect(error).toHaveProperty('message', expect.stringMatching(/\.$/));
      expect((await library.tracks({})).total).toBe(0);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(200);
  expect(taken).toBeGreaterThan(10); // a changed title is a title, and a shorter cover a cover
});

test('prints are as short as they can be: packing them once more gains nothing', async () => {
  const bytes = (await (await filled(1)).packedPrints([1]))[0] as Uint8Array<ArrayBuffer>;
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip')));
  expect((await packed.arrayBuffer()).byteLength).toBeGreaterThan(bytes.length * 0.97);
});
