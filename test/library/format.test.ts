import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readManifest, sha256Of, writeManifest } from '../../src/catalogue/manifest.ts';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { gapParameters, Page } from '../../src/library/index/pages/page.ts';
import { PageWriter } from '../../src/library/index/pages/page-writer.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Row } from '../../src/library/shelf/shelf.ts';
import type { Track } from '../../src/types.ts';

const text = readFileSync(new URL('../../src/library/FORMAT.md', import.meta.url), 'utf8');

/** The bytes of an example in `FORMAT.md`. */
function example(name: string): Row {
  const hex = text.match(new RegExp(`\`\`\`${name}\n([^\`]*)\`\`\``))?.[1] ?? '';
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16));
}

const print = {
  format: 1,
  frameCount: 1000,
  count: 5,
  frames: Uint32Array.of(0, 3, 3, 50, 900),
  bins: Uint16Array.of(40, 100, 700, 36, 840),
  levels: Uint8Array.of(1, 15, 0, 7, 8),
};

test('the print in FORMAT.md is what it says', () => {
  expect(packPrint(print)).toEqual(example('print'));
  expect(unpackPrint(example('print'))).toEqual(print);
});

test('the page in FORMAT.md is what it says', () => {
  const rows: Row[] = [];
  const writer = new PageWriter(1000, 9000, (row) => rows.push(row));
  writer.add(5, Uint32Array.of(1000, 2500, 8999), 0, 3);
  writer.add(77, Uint32Array.of(4000), 0, 1);
  writer.finish();
  expect(rows).toEqual([example('page')]);
  expect(Page.of(example('page'))?.run(1000, gapParameters(8000))).toEqual({
    hashes: Uint32Array.of(5, 5, 5, 77),
    positions: Uint32Array.of(1000, 2500, 8999, 4000),
  });
});

test('the bundle in FORMAT.md is what it says', async () => {
  const contentId = 'a'.padStart(64, '0');
  const track: Track = {
    ...{ id: 1, title: 'A', contentId, fileName: '', seconds: 23.2, learntSeconds: 23.2 },
    ...{ peakCount: 5, added: 0, enabled: true, hasCover: false },
  };
  const source = {
    track: () => track,
    ids: () => [1],
    packedPrints: async () => [packPrint(print)],
    cover: async () => undefined,
    isStored: async () => true,
  };
  const pieces: Uint8Array[] = [];
  const made = 1_790_000_000_000;
  await writeBundle(source, 1, { name: 'One', made }, async (bytes) => void pieces.push(bytes));
  expect(Uint8Array.from(Buffer.concat(pieces))).toEqual(example('bundle'));
  for await (const { tags, print: packed } of readBundle(new Blob([example('bundle')]), 1)) {
    expect(tags).toEqual({ title: 'A' });
    expect(packed).toEqual(packPrint(print));
  }
});

test('the manifest in FORMAT.md is what it says', async () => {
  const [first, body, ...signed] =
    text
      .match(/```manifest\n([^`]*)```/)?.[1]
      .trimEnd()
      .split('\n') ?? [];
  const manifest = JSON.parse(body);
  const seed = Uint8Array.from({ length: 32 }, () => 1);
  const pkcs8 = Uint8Array.from([...Buffer.from('302e020100300506032b657004220420', 'hex'), ...seed]);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  const written = `${first}\n${body}\n${signed.join(' ')}\n`;
  expect(await writeManifest(manifest, { privateKey, publicKey: signed[1] })).toBe(written);
  const read = await readManifest(new TextEncoder().encode(written));
  expect(read).toEqual({ ...manifest, key: signed[1] });
  expect(read.pieces[0].sha256).toBe(await sha256Of(example('bundle')));
});
