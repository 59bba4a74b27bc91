/** Makes live sound from prints, in the form in which the kernel supplies it. */
import { MAP_ZERO } from '../../src/kernel/format.ts';
import type { HeardPart } from '../../src/match/live/heard-so-far.ts';
import type { LiveSearch } from '../../src/match/live/live-search.ts';
import type { LiveState } from '../../src/match/live/live-state.ts';
import type { Print } from '../../src/types.ts';
import { memoryIndex } from './memory-index.ts';
import { FRAME_RATE, somePrint } from './prints.ts';

// A few bins are enough to distinguish tracks, and keep tests of an hour of sound fast.
export const sound = { frameRate: FRAME_RATE, firstBin: 36, binCount: 64 };
export const PART_FRAMES = 11;
const ANALYSES = 4;

export function songOf(seed: number): Print {
  const print = somePrint(seed, { seconds: 60 });
  return { ...print, bins: print.bins.map((bin) => sound.firstBin + (bin % sound.binCount)) };
}

export const songs = [1, 2, 3].map(songOf);
export const stranger = songOf(9);
export const index = memoryIndex(new Map(songs.map((song, i) => [i + 1, song])));
/** Number of parts in this many minutes. */
export const minutes = (count: number) => Math.round((count * 60 * FRAME_RATE) / PART_FRAMES);

/** The kernel's output for a song that starts at a frame of the session. */
export function* partsOf(song: Print, count: number, from = 0): Generator<HeardPart> {
  for (let part = 0; part < count; part++) {
    const first = (part * PART_FRAMES) % song.frameCount;
    const rows = new Uint8Array(PART_FRAMES * sound.binCount).fill(MAP_ZERO);
    const inPart = Array.from(song.frames, (_, i) => i).filter(
      (i) => song.frames[i] >= first && song.frames[i] < first + PART_FRAMES,
    );
    const firstFrame = from + part * PART_FRAMES;
    const zeros = inPart.map(() => 0);
    const peaks = {
      count: inPart.length,
      frames: Uint32Array.from(inPart, (i) => song.frames[i] - first + firstFrame),
      bins: Uint16Array.from(inPart, (i) => song.bins[i]),
      levels: Uint16Array.from(inPart, () => 1000),
      ranks: Uint8Array.from(zeros),
      frameFractions: Int8Array.from(zeros),
      binFractions: Int8Array.from(zeros),
    };
    for (const i of inPart) rows[(song.frames[i] - first) * sound.binCount + song.bins[i] - sound.firstBin] = 140;
    yield { firstFrame, rows, shifts: Array.from({ length: ANALYSES }, () => peaks) };
  }
}

export async function hearAll(live: LiveSearch, parts: Iterable<HeardPart>): Promise<LiveState[]> {
  const states: LiveState[] = [];
  for (const part of parts) {
    states.push(await live.hear(part));
    if (await live.search()) states.push(await live.judge());
  }
  return states;
}
