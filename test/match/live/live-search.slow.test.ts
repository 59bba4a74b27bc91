import { expect, test } from 'vitest';
import { LiveSearch } from '../../../src/match/live/live-search.ts';
import type { Print } from '../../../src/types.ts';
import { hearAll, index, minutes, PART_FRAMES, partsOf, songs, sound, stranger } from '../../support/heard-parts.ts';

test('what is kept in memory depends on the last sound, not on how long one listens', async () => {
  const live = new LiveSearch(index, sound, { continuous: true });
  const heard = [songs[0], stranger];
  const parts = minutes(0.3);
  const sizes: number[] = [];
  for (let stretch = 0; stretch < 3 * heard.length; stretch++) {
    await hearAll(live, partsOf(heard[stretch % heard.length], parts, stretch * parts * PART_FRAMES));
    sizes.push(sizeOf(live));
  }
  const [, second, third] = [0, 1, 2].map((round) => sizes.slice(2 * round, 2 * round + 2));
  expect(third).toEqual(second);
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

/** A song of which every peak but some is drowned. */
function faint(song: Print, share: number): Print {
  const kept = new Set(Array.from(song.frames, (_, i) => i).filter((i) => (i * share) % 1 < share));
  const pick = <T extends Uint32Array | Uint16Array | Uint8Array>(list: T) => list.filter((_, i) => kept.has(i)) as T;
  const { frames, bins, levels } = song;
  return { ...song, count: kept.size, frames: pick(frames), bins: pick(bins), levels: pick(levels) };
}

/** Whether the song is found in a session that has heard nothing known for so many minutes. */
async function isFound(
  song: Print,
  afterMinutes: number,
  options: ConstructorParameters<typeof LiveSearch>[2],
): Promise<boolean> {
  const live = new LiveSearch(index, sound, options);
  const from = minutes(afterMinutes) * PART_FRAMES;
  await hearAll(live, partsOf(stranger, minutes(0.2), from));
  const states = await hearAll(live, partsOf(song, minutes(0.2), from + minutes(0.2) * PART_FRAMES));
  return states.some(({ match }) => match?.track === 2);
}

test('the longer nothing was recognised, the surer an answer must be when nobody looks', async () => {
  const [, song] = songs;
  let share = 0.07;
  while (!(await isFound(faint(song, share), 0, { continuous: true }))) share *= 1.15;
  const hardlyHeard = faint(song, share);
  expect(await isFound(hardlyHeard, 0.4, { continuous: true })).toBe(true);
  expect(await isFound(hardlyHeard, 60, { continuous: true })).toBe(false);
  expect(await isFound(hardlyHeard, 60, {})).toBe(true);
  expect(await isFound(song, 60, { continuous: true })).toBe(true);
});
