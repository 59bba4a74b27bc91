import { expect, test } from 'vitest';
import { type Landmarks, landmarksOf } from '../../../src/match/landmarks.ts';
import { LandmarkFeed } from '../../../src/match/live/landmark-feed.ts';
import type { Print } from '../../../src/types.ts';
import { somePrint } from '../../support/prints.ts';

const keys = ({ count, hashes, frames }: Landmarks) =>
  Array.from({ length: count }, (_, i) => frames[i] * 2 ** 24 + hashes[i]).sort((a, b) => a - b);

function slice({ frames, bins }: Print, from: number, to: number) {
  return { count: to - from, frames: frames.slice(from, to), bins: bins.slice(from, to) };
}

test.each([1, 2, 7, 100])('landmarks of peaks that come %i at a time are those of all peaks at once', (size) => {
  const print = somePrint(5, { seconds: 30 });
  const feed = new LandmarkFeed(6);
  const parts: number[] = [];
  for (let from = 0; from < print.count; from += size) {
    parts.push(...keys(feed.push(slice(print, from, Math.min(from + size, print.count)))));
  }
  expect(parts.sort((a, b) => a - b)).toEqual(keys(landmarksOf(print, 6)));
});
