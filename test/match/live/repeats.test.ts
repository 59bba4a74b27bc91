import { expect, test } from 'vitest';
import { LiveSearch } from '../../../src/match/live/live-search.ts';
import type { Print } from '../../../src/types.ts';
import { hearAll, minutes, partsOf, songs, sound } from '../../support/heard-parts.ts';
import { memoryIndex } from '../../support/memory-index.ts';

const SECONDS = Math.round(sound.frameRate);

/** The frames of a print from one to another. */
function cut(print: Print, from: number, to: number): Print {
  const kept = Array.from(print.frames.keys()).filter((i) => print.frames[i] >= from && print.frames[i] < to);
  return {
    ...print,
    frameCount: to - from,
    count: kept.length,
    frames: Uint32Array.from(kept, (i) => print.frames[i] - from),
    bins: Uint16Array.from(kept, (i) => print.bins[i]),
    levels: Uint8Array.from(kept, (i) => print.levels[i]),
  };
}

function joined(parts: Print[]): Print {
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, { frameCount }) => sum + frameCount, 0));
  return {
    ...parts[0],
    frameCount: parts.reduce((sum, { frameCount }) => sum + frameCount, 0),
    count: parts.reduce((sum, { count }) => sum + count, 0),
    frames: Uint32Array.from(parts.flatMap(({ frames }, i) => Array.from(frames, (frame) => frame + starts[i]))),
    bins: Uint16Array.from(parts.flatMap(({ bins }) => [...bins])),
    levels: Uint8Array.from(parts.flatMap(({ levels }) => [...levels])),
  };
}

// A chorus, a verse, the same chorus, another verse.
const [chorus, verse, other] = songs.map((song) => cut(song, 0, 20 * SECONDS));
const song = joined([chorus, verse, chorus, other]);
const index = memoryIndex(new Map([[1, song]]));

test.each([
  ['first', 8],
  ['second', 48],
])('what follows tells the %s chorus from the other', async (_, second) => {
  const live = new LiveSearch(index, sound);
  const states = await hearAll(live, partsOf(cut(song, second * SECONDS, (second + 24) * SECONDS), minutes(0.4)));
  const found = states.filter(({ state }) => state === 'found');
  expect(found.length).toBeGreaterThan(20);
  const { match, piece, clipFrame } = found.at(-1)!;
  expect(piece).toMatchObject({ number: 1, track: 1 });
  expect(Math.abs(match!.start - clipFrame - second * SECONDS)).toBeLessThan(4);
  expect(Math.abs(piece!.trackFrame - piece!.fromFrame - second * SECONDS)).toBeLessThan(4);
});
