import { expect, test } from 'vitest';
import { BitReader, BitWriter } from '../../../src/library/index/pages/bits.ts';
import { checksum } from '../../../src/library/shelf/checksum.ts';
import { random } from '../../support/random.ts';

test('numbers of every width and code come back in order', () => {
  const next = random(1);
  const row = new BitWriter(8);
  const written: { code: 'bits' | 'rice' | 'gamma'; value: number; width: number }[] = [];
  for (let i = 0; i < 20_000; i++) {
    const code = (['bits', 'rice', 'gamma'] as const)[i % 3];
    const width = Math.floor(next() * (code === 'bits' ? 33 : 31));
    const value = Math.floor(next() * 2 ** Math.floor(next() * (code === 'bits' ? width + 1 : 32)));
    if (code === 'bits') row.bits(value, width);
    if (code === 'rice') row.rice(value, width);
    if (code === 'gamma') row.gamma(value + 1);
    written.push({ code, value, width });
  }
  const bytes = new Uint8Array(row.byteLength);
  row.copyTo(bytes, 0);
  const reader = new BitReader(bytes);
  for (const { code, value, width } of written) {
    if (code === 'bits') expect(reader.bits(width)).toBe(value);
    if (code === 'rice') expect(reader.rice(width)).toBe(value);
    if (code === 'gamma') expect(reader.gamma()).toBe(value + 1);
  }
  expect(reader.position).toBe(row.length);
});

test('a cleared row is as good as new', () => {
  const row = new BitWriter();
  row.bits(0xffffffff, 32);
  row.bits(0x1ff, 9);
  row.clear();
  row.bits(5, 41 - 32);
  const bytes = new Uint8Array(row.byteLength);
  row.copyTo(bytes, 0);
  expect([...bytes]).toEqual([5, 0]);
});

/** From the algorithm's own description, github.com/Cyan4973/xxHash. */
test.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('the checksum of "%s" is that of xxHash32', (text, expected) => {
  expect(checksum(new TextEncoder().encode(text))).toBe(expected);
});
