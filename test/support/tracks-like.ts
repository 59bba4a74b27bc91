import { packPrint } from '../../src/library/print.ts';
import type { Learnt, Print } from '../../src/types.ts';
import { FRAME_RATE } from './prints.ts';
import { random } from './random.ts';

const LOWEST_BIN = 36;
const HIGHEST_BIN = 840;

/**
 * Makes a print with the statistics of real ones: pieces of a few seconds, reversed, transposed and with jittered peaks. So landmarks are
 * distributed as in music, but are not those of any real track.
 */
export function printLike(real: readonly Print[], seed: number, seconds: number): Print {
  const next = random(seed);
  const frameCount = Math.round(seconds * FRAME_RATE);
  const cells: number[] = [];
  const levels = new Map<number, number>();
  for (let start = 0; start < frameCount; ) {
    const print = real[Math.floor(next() * real.length)];
    const length = Math.round((1 + 3 * next()) * FRAME_RATE);
    const from = Math.floor(next() * Math.max(1, print.frameCount - length));
    const up = Math.round((next() - 0.5) * 60);
    let i = print.frames.findIndex((frame) => frame >= from);
    for (; i >= 0 && i < print.count && print.frames[i] < from + length; i++) {
      const frame = start + from + length - print.frames[i] + (next() < 0.3 ? Math.round(2 * next() - 1) : 0);
      const bin = print.bins[i] + up + (next() < 0.3 ? Math.round(2 * next() - 1) : 0);
      if (frame < 0 || frame >= frameCount || bin < LOWEST_BIN || bin > HIGHEST_BIN) continue;
      const cell = frame * 1024 + bin;
      if (!levels.has(cell)) cells.push(cell);
      levels.set(cell, print.levels[i]);
    }
    start += length;
  }
  cells.sort((a, b) => a - b);
  return {
    format: real[0].format,
    frameCount,
    count: cells.length,
    frames: Uint32Array.from(cells, (cell) => Math.floor(cell / 1024)),
    bins: Uint16Array.from(cells, (cell) => cell % 1024),
    levels: Uint8Array.from(cells, (cell) => levels.get(cell) as number),
  };
}

export function learntLike(real: readonly Print[], seed: number, seconds: number): Learnt {
  return {
    tags: { title: `Track ${seed}`, artist: `Artist ${seed % 800}`, album: `Album ${seed % 1100}` },
    contentId: seed.toString(16).padStart(32, '0'),
    fileName: `${seed}.mp3`,
    seconds,
    learntSeconds: seconds,
    print: packPrint(printLike(real, seed, seconds)),
  };
}
