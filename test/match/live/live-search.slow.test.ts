import { expect, test } from 'vitest';
import { LiveSearch } from '../../../src/match/live/live-search.ts';
import { hearAll, index, minutes, PART_FRAMES, partsOf, songs, sound, stranger } from '../../support/heard-parts.ts';

test('what half an hour leaves in memory is what a minute leaves', { timeout: 300_000 }, async () => {
  const live = new LiveSearch(index, sound, { continuous: true });
  const sizes: number[] = [];
  for (let minute = 0; minute < 30; minute++) {
    const song = [songs[0], stranger, songs[2]][minute % 3];
    await hearAll(live, partsOf(song, minutes(1), minute * minutes(1) * PART_FRAMES));
    sizes.push(sizeOf(live));
  }
  expect(Math.max(...sizes.slice(3))).toBeLessThan(1.1 * Math.max(...sizes.slice(0, 3)));
});

/** Numbers and references held, as far as they can be reached. The library is the host's. */
function sizeOf(root: object): number {
  const seen = new Set<object>([index]);
  const waiting: object[] = [root];
  let size = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) {
      size += next.byteLength;
      continue;
    }
    const values = next instanceof Map ? [...next].flat() : Object.values(next);
    size += 8 * values.length;
    waiting.push(...values.filter((value) => typeof value === 'object' && value !== null));
  }
  return size;
}
