/**
 * A sketch of a print: the eight loudest peaks of every block of 44 frames (about a second). In: a print. Out: 16 bytes a second, so
 * that the sketches of a large library stay in memory and all of them can be compared with a clip (`sketch-scan.ts`).
 *
 *     u16: cell of four frames within the block (0..10) << 10 | bin less FIRST_BIN plus 1; 0 is an empty slot
 *
 * Higher peaks are preferred a little, because small speakers and talk hide the lowest first. Peaks of one block are more than
 * `APART` bins apart, or a sustained tone would use up the slots. The loudest peak of a block comes first.
 */
import { BIN_COUNT, FIRST_BIN } from '../../kernel/format.ts';
import type { Print, Sketch } from '../../types.ts';

export const BLOCK_FRAMES = 44;
export const CELL_FRAMES = 4;
export const SLOTS = 8;
const ROW_BITS = 10;
const APART = 6;
/** A peak this many bins higher counts as one step (3.3 dB) louder. */
const BINS_PER_LEVEL = 200;
/** More peaks of one block are ignored; music has about 28. */
const MOST_PEAKS = 1024;

/** Of each peak of a block: how much it is preferred; 0 once it is taken or too near to one that is. */
const worths = new Uint32Array(MOST_PEAKS);

/**
 * Empty for a print with less than a peak a block, which is nearly all silence (music has 28): otherwise a bundle of 5 MB could make
 * 1.5 GB of sketches.
 */
export function sketchOf({ frames, bins, levels, count, frameCount }: Print): Sketch {
  const blocks = Math.ceil(frameCount / BLOCK_FRAMES);
  if (count < blocks) return new Uint16Array(0);
  const sketch = new Uint16Array(blocks * SLOTS);
  for (let from = 0, next = 0; from < count; from = next) {
    const block = Math.floor(frames[from] / BLOCK_FRAMES);
    const endFrame = (block + 1) * BLOCK_FRAMES;
    while (next < count && frames[next] < endFrame) next++;
    const peaks = Math.min(MOST_PEAKS, next - from);
    for (let i = 0; i < peaks; i++) worths[i] = worthOf(bins[from + i], levels[from + i]);
    for (let slot = 0; slot < SLOTS; slot++) {
      const best = takeBest(bins, from, peaks);
      if (best < 0) break;
      const cell = Math.floor((frames[best] - block * BLOCK_FRAMES) / CELL_FRAMES);
      sketch[block * SLOTS + slot] = (cell << ROW_BITS) | (bins[best] - FIRST_BIN + 1);
    }
  }
  return sketch;
}

function worthOf(bin: number, level: number): number {
  return bin < FIRST_BIN || bin >= FIRST_BIN + BIN_COUNT ? 0 : level * BINS_PER_LEVEL + bin;
}

/** The best peak of a block, which starts with peak `from`; -1 if none is left. */
function takeBest(bins: Uint16Array, from: number, peaks: number): number {
  let best = -1;
  let most = 0;
  for (let i = 0; i < peaks; i++) {
    if (worths[i] > most) [most, best] = [worths[i], i];
  }
  if (best < 0) return -1;
  const bin = bins[from + best];
  for (let i = 0; i < peaks; i++) if (Math.abs(bins[from + i] - bin) <= APART) worths[i] = 0;
  return from + best;
}
