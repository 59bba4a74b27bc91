import { expect, test } from 'vitest';
import { packPrint, printOf } from '../../src/library/prints/pack-print.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { writeChecksum } from '../../src/library/shelf/checksum.ts';
import type { Peaks } from '../../src/types.ts';
import { somePrint } from '../support/prints.ts';
import { random } from '../support/random.ts';

test('a print comes back as it was packed', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const print = somePrint(seed, { seconds: seed * 3, peaksPerSecond: 1 + (seed % 30) });
    expect(unpackPrint(packPrint(print))).toEqual(print);
  }
});

test('a print of the first packing is read, one of a later packing is refused by its number', () => {
  const print = somePrint(7, { seconds: 4 });
  const bytes = packPrint(print);
  bytes[0] = 1;
  expect(unpackPrint(writeChecksum(bytes))).toEqual(print);
  bytes[0] = 3;
  expect(() => unpackPrint(writeChecksum(bytes))).toThrow('version 3');
});

test('an empty print and one with a day of silence in it come back as they were', () => {
  const empty = { ...somePrint(1, { seconds: 0 }), frameCount: 9 };
  expect(unpackPrint(packPrint(empty))).toEqual(empty);
  const sparse = somePrint(2, { seconds: 5 });
  sparse.frames[sparse.count - 1] += 3_700_000;
  sparse.frameCount += 3_700_000;
  expect(unpackPrint(packPrint(sparse))).toEqual(sparse);
});

test('a minute at 20 peaks a second takes less than 4 kB', () => {
  const bytes = packPrint(somePrint(3, { seconds: 600, peaksPerSecond: 20 }));
  expect(bytes.length / 10).toBeLessThan(4000);
});

test('any flipped bit is noticed', () => {
  const bytes = packPrint(somePrint(4, { seconds: 3 }));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3] ^= 1 << (bit & 7);
    expect(() => unpackPrint(bytes)).toThrow('damaged');
    bytes[bit >> 3] ^= 1 << (bit & 7);
  }
});

test('a print cut anywhere is refused under the name asked for', () => {
  const bytes = packPrint(somePrint(5, { seconds: 3 }));
  for (let length = 0; length < bytes.length; length++) {
    expect(() => unpackPrint(bytes.subarray(0, length), 'BundleDamaged')).toThrow(
      expect.objectContaining({ name: 'BundleDamaged' }),
    );
  }
});

test('a print whose checksum was made to fit holds ordered peaks or is refused', () => {
  const next = random(6);
  const original = packPrint(somePrint(6, { seconds: 4 }));
  let refused = 0;
  for (let round = 0; round < 2000; round++) {
    const bytes = original.slice();
    const at = Math.floor(next() * (bytes.length - 4));
    bytes[at] = Math.floor(next() * 256);
    writeChecksum(bytes);
    try {
      const print = unpackPrint(bytes);
      expect(packPrint(print).length).toBeLessThanOrEqual(bytes.length + 32);
      for (let i = 1; i < print.count; i++) expect(print.frames[i]).toBeGreaterThanOrEqual(print.frames[i - 1]);
      expect(print.frames[print.count - 1]).toBeLessThan(print.frameCount);
    } catch (error) {
      expect(error).toHaveProperty('name', 'LibraryDamaged');
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(100);
});

test('a print of peaks keeps their places, and how loud they are in sixteen steps below the loudest', () => {
  const peaks: Peaks = {
    count: 4,
    frames: Uint32Array.of(3, 3, 7, 9),
    bins: Uint16Array.of(40, 50, 60, 70),
    levels: Uint16Array.of(9000, 8999, 8000, 100),
    ranks: Uint8Array.of(0, 3, 19, 2),
    frameFractions: new Int8Array(4),
    binFractions: new Int8Array(4),
  };
  expect(printOf(peaks, 12, 3)).toEqual({
    ...{ format: 3, frameCount: 12, count: 4, frames: peaks.frames, bins: peaks.bins },
    levels: Uint8Array.of(15, 15, 10, 0),
  });
});
