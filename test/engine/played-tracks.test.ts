import { expect, test } from 'vitest';
import type { Piece } from '../../src/engine/api.ts';
import { trackList } from '../../src/engine/listening/played-tracks.ts';
import type { Track } from '../../src/types.ts';

const track = (id: number, seconds: number): Track => ({
  id,
  title: `Title "${id}"`,
  artist: 'Artist',
  contentId: '',
  fileName: '',
  seconds,
  learntSeconds: seconds,
  peakCount: 0,
  added: 0,
  enabled: true,
  hasCover: false,
});

const piece = (number: number, of: Track, fromSeconds: number, toSeconds: number, trackSeconds: number): Piece => ({
  number,
  track: of,
  fromSeconds,
  toSeconds,
  trackSeconds,
  speed: 1,
  confidence: 0.9,
});

const a = track(1, 100);
const b = track(2, 50);

test('a track lasts from its own beginning to its own end, where listening missed only a little of them', () => {
  const [entry] = trackList([piece(1, a, 12, 95, 2)], 300);
  expect(entry).toMatchObject({ fromSeconds: 10, toSeconds: 110, trackSeconds: 0 });
});

test('a track that was entered or left in the middle is not made longer', () => {
  const [entry] = trackList([piece(1, a, 40, 60, 30)], 300);
  expect(entry).toMatchObject({ fromSeconds: 40, toSeconds: 60, trackSeconds: 30 });
});

test('neighbours do not overlap, and nothing lies before the beginning or after the end', () => {
  const [first, second, third] = trackList(
    [piece(1, a, 1, 90, 4), piece(2, b, 95, 130, 8), piece(3, a, 131, 222, 0)],
    225,
  );
  expect(first).toMatchObject({ fromSeconds: 0, toSeconds: 95 });
  expect(second).toMatchObject({ fromSeconds: 90, toSeconds: 131 });
  expect(third.toSeconds).toBe(225);
});

test('a track does not begin before its beginning, nor end after its end, whatever listening rests on', () => {
  const [entry] = trackList([piece(1, b, 20, 90, -6)], 300);
  expect(entry).toMatchObject({ fromSeconds: 26, toSeconds: 76, trackSeconds: 0 });
});

test('one that was held too long does not keep the next from beginning', () => {
  const [first, second] = trackList([piece(1, b, 0, 52, 0), piece(2, a, 50.5, 140, 0.5)], 300);
  expect(first.toSeconds).toBe(50);
  expect(second).toMatchObject({ fromSeconds: 50, trackSeconds: 0 });
});

test('pieces of one playing are one, a second playing is another', () => {
  const gap = [piece(1, a, 0, 30, 0), piece(2, a, 40, 100, 40)];
  expect(trackList(gap, 300)).toHaveLength(1);
  expect(trackList(gap, 300)[0]).toMatchObject({ fromSeconds: 0, toSeconds: 100 });
  expect(trackList([piece(1, a, 0, 100, 0), piece(2, a, 100, 200, 0)], 300)).toHaveLength(2);
});
