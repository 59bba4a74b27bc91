import { expect, test } from 'vitest';
import { segmentsToMerge } from '../../../src/library/index/choose-merge.ts';
import { Segment } from '../../../src/library/index/segment.ts';
import { random } from '../../support/random.ts';

function segmentOf(postingCount: number, pageCount = 1): Segment {
  return new Segment(0, {
    ...{ landmarkFormat: 1, tapeStart: 0, tapeEnd: 1000, frameCount: 1000, postingCount, lastHash: 0 },
    firstHashes: new Uint32Array(pageCount),
    postingCounts: new Uint16Array(pageCount),
    byteLengths: new Uint16Array(pageCount),
  });
}

const COUNT = 2000;
const next = random(5);
const sizes: Record<string, (i: number) => number> = {
  'of one size': () => 100,
  'of two and a half a song': (i) => [200, 200, 30][i % 3],
  'of a large one and two small ones': (i) => [210, 20, 20][i % 3],
  'at random': () => 10 + Math.floor(200 * next()),
  'of five sizes': () => [100, 200, 190, 210, 50][Math.floor(5 * next())],
  'ever smaller': (i) => 1 + 200_000 / (i + 1),
};

test.each(Object.entries(sizes))('segments that come %s stay few, and are not rewritten often', (_, sizeOf) => {
  let segments: readonly Segment[] = [];
  let [most, added, written] = [0, 0, 0];
  for (let i = 0; i < COUNT; i++) {
    const fresh = segmentOf(sizeOf(i));
    added += fresh.header.postingCount;
    segments = [...segments, fresh];
    for (let some = segmentsToMerge(segments); some; some = segmentsToMerge(segments)) {
      const merged = segmentOf(some.reduce((sum, { header }) => sum + header.postingCount, 0));
      const start = segments.indexOf(some[0]);
      segments = [...segments.slice(0, start), merged, ...segments.slice(start + some.length)];
      written += merged.header.postingCount;
    }
    most = Math.max(most, segments.length);
  }
  expect(most).toBeLessThan(20);
  expect(written / added).toBeLessThan(7);
});

test('segments whose pages could not be numbered are left as they are', () => {
  expect(segmentsToMerge(Array.from({ length: 4 }, () => segmentOf(100, 2 ** 18)))).toBeUndefined();
});
