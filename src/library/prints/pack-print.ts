/** Makes prints of peaks, and packs them to bytes. The same print always gives the same bytes. */
import type { Peaks, Print } from '../../types.ts';
import { BitWriter, riceParameter } from '../index/pages/bits.ts';
import { writeChecksum } from '../shelf/checksum.ts';
import { BIN_BITS, CHECKSUM_BYTES, HEADER_BYTES, LEVEL_BITS, PRINT_VERSION } from './print.ts';

/** Step of a print's levels, in the unit of `Peaks.levels` (256 = one neper of power): 3.3 dB, so that 0..15 spans 49 dB. */
const LEVEL_STEP = 192;
const TOP_LEVEL = 15;

/** The print for a track's peaks. The kernel has already selected the peaks that a print keeps. */
export function printOf({ count, frames, bins, levels }: Peaks, frameCount: number, format: number): Print {
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const stepsOf = (level: number) => Math.max(0, TOP_LEVEL - Math.floor((loudest - level) / LEVEL_STEP));
  return { format, frameCount, count, frames, bins, levels: Uint8Array.from(levels, stepsOf) };
}

export function packPrint(print: Print): Uint8Array<ArrayBuffer> {
  const { count, frames, bins, levels } = print;
  const parameter = riceParameter(count > 0 ? frames[count - 1] / count : 0);
  const row = new BitWriter(count * 3);
  let last = 0;
  for (let i = 0; i < count; i++) {
    row.rice(frames[i] - last, parameter);
    row.bits(bins[i] | (levels[i] << BIN_BITS), BIN_BITS + LEVEL_BITS);
    last = frames[i];
  }
  const bytes = new Uint8Array(HEADER_BYTES + row.byteLength + CHECKSUM_BYTES);
  const header = new DataView(bytes.buffer);
  header.setUint8(0, PRINT_VERSION);
  header.setUint8(1, parameter);
  header.setUint16(2, print.format, true);
  header.setUint32(4, print.frameCount, true);
  header.setUint32(8, count, true);
  row.copyTo(bytes, HEADER_BYTES);
  return writeChecksum(bytes);
}
