/** Packed prints, right and forged, all with a checksum that fits. */

import { packPrint } from '../../../src/library/prints/pack-print.ts';
import { writeChecksum } from '../../../src/library/shelf/checksum.ts';
import { somePrint } from '../../support/prints.ts';
import type { Input } from '../attack.ts';

/** Six seconds, or `count` peaks spread over `frameCount` frames. */
export function soundPrint(seed: number, frameCount?: number, count = 0): Uint8Array<ArrayBuffer> {
  if (frameCount === undefined) return packPrint(somePrint(seed, { seconds: 6 }));
  return packPrint({
    format: 1,
    frameCount,
    count,
    frames: Uint32Array.from({ length: count }, (_, i) => Math.floor((i * frameCount) / count)),
    bins: Uint16Array.from({ length: count }, (_, i) => 40 + ((i * 37 * seed) % 700)),
    levels: new Uint8Array(count).fill(9),
  });
}

/** Offsets of its numbers: see `FORMAT.md`. */
const VERSION = 0;
const PARAMETER = 1;
const FORMAT = 2;
const FRAMES = 4;
const PEAKS = 8;
const BITS = 12;

const COUNTS = [0, 1, 257, 258, 2 ** 24, 2 ** 24 + 1, 2 ** 29, 2 ** 29 + 1, 2 ** 31, 2 ** 32 - 1];

export function forgedPrint(input: Input): Uint8Array<ArrayBuffer> {
  const print = soundPrint(input.below(1000));
  const view = new DataView(print.buffer);
  const tricks: Record<string, () => Uint8Array<ArrayBuffer>> = {
    frames() {
      view.setUint32(FRAMES, input.pick(COUNTS), true);
      return print;
    },
    peaks() {
      view.setUint32(PEAKS, input.pick([...COUNTS, view.getUint32(PEAKS, true) - 1]), true);
      return print;
    },
    both() {
      view.setUint32(FRAMES, input.pick(COUNTS), true);
      view.setUint32(PEAKS, input.pick(COUNTS), true);
      return print;
    },
    header() {
      print[input.pick([VERSION, PARAMETER, FORMAT, FORMAT + 1])] = input.pick([0, 1, 2, 3, 30, 31, 32, 255]);
      return print;
    },
    bits() {
      for (let i = BITS; i < print.length; i++) if (input.once(20)) print[i] = 256 * input.draw();
      return print;
    },
    ones: () => print.fill(255, BITS),
    zeros: () => print.fill(0, BITS),
    cut: () => print.slice(0, input.below(print.length)),
    longer: () => Uint8Array.from([...print, ...new Uint8Array(input.pick([1, 4, 1000]))]),
    noise: () => Uint8Array.from({ length: input.below(3000) }, () => 256 * input.draw()),
  };
  const name = input.pick(Object.keys(tricks));
  input.note(`a print with wrong ${name}`);
  const forged = tricks[name]();
  return forged.length >= 4 ? writeChecksum(forged) : forged;
}
