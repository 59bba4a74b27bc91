import { packPrint } from '../../src/library/prints/pack-print.ts';
import type { Learnt, Print } from '../../src/types.ts';
import { random } from './random.ts';

/** Frames a second, as the kernel has them. */
export const FRAME_RATE = 11025 / 256;

/** A print of random peaks in the order that a kernel gives. */
export function somePrint(seed: number, options: { seconds?: number; peaksPerSecond?: number } = {}): Print {
  const { seconds = 20, peaksPerSecond = 19 } = options;
  const next = random(seed);
  const frameCount = Math.round(seconds * FRAME_RATE);
  const cells = new Set<number>();
  const wanted = frameCount === 0 ? 0 : Math.round(seconds * peaksPerSecond);
  while (cells.size < wanted) cells.add(Math.floor(next() * frameCount) * 1024 + 36 + Math.floor(next() * 804));
  const sorted = [...cells].sort((a, b) => a - b);
  return {
    format: 1,
    frameCount,
    count: sorted.length,
    frames: Uint32Array.from(sorted, (cell) => Math.floor(cell / 1024)),
    bins: Uint16Array.from(sorted, (cell) => cell % 1024),
    levels: Uint8Array.from(sorted, () => Math.floor(next() * 16)),
  };
}

/** A learnt file with a random print. */
export function someLearnt(seed: number, options: { seconds?: number; title?: string } = {}): Learnt {
  const { seconds = 20, title = `Song ${seed}` } = options;
  return {
    tags: { title, artist: `Artist ${seed % 7}`, album: `Album ${seed % 3}` },
    contentId: seed.toString(16).padStart(32, '0'),
    fileName: `${title}.mp3`,
    seconds,
    learntSeconds: seconds,
    print: packPrint(somePrint(seed, { seconds })),
  };
}
