import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { gapParameters, Page } from '../../src/library/index/pages/page.ts';
import { PageWriter } from '../../src/library/index/pages/page-writer.ts';
import { packPrint, unpackPrint } from '../../src/library/print.ts';
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
