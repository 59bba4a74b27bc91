/**
 * A print as bytes: about two bytes a peak, so 3.6 kB a minute of music. Every bit is accounted for in `FORMAT.md`;
 * the same print always gives the same bytes, and bytes that are not exactly a print are refused.
 */
import { type FaultName, UserError } from '../errors.ts';
import type { Peaks, Print } from '../types.ts';
import { BitReader, BitWriter, riceParameter } from './index/bits.ts';
import { isIntact, writeChecksum } from './shelf/checksum.ts';

/**
 * Version of the packing, not of the peaks in it. Version 1 kept how far a peak stands out of its neighbourhood in place of
 * how loud it is; both tell which peaks are likely to be heard, so those prints are read as they are.
 */
export const PRINT_VERSION = 2;

/** A step of a print's levels (256 = one neper of power): 3.3 dB, so 0..15 spans 49 dB. */
const LEVEL_STEP = 192;
const TOP_LEVEL = 15;

const BIN_BITS = 10;
const LEVEL_BITS = 4;
const HEADER_BYTES = 12;
const CHECKSUM_BYTES = 4;
/** About 144 days: a print with more frames cannot be stored at all. */
const MAX_FRAMES = 2 ** 29;
/**
 * What a new print may claim, so that a few bytes cannot use up the tape: four and a half days, and on average a peak a
 * minute beyond the first ten minutes. Even faint noise has 28 peaks a second; only digital silence has none.
 */
const MAX_NEW_FRAMES = 2 ** 24;
const SILENT_FRAMES = 10 * 60 * 43;
const FRAMES_A_PEAK = 60 * 43;

/** What a track keeps of its peaks; the kernel was asked for no more than those of a print. */
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

/** What stands at the head of a packed print, checked only for being one. */
export function printHeader(bytes: Uint8Array): { format: number; frameCount: number; count: number } {
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  return {
    format: header.getUint16(2, true),
    frameCount: header.getUint32(4, true),
    count: header.getUint32(8, true),
  };
}

/** Whether a packed print has the length, frames and peaks that its track's row says. */
export function fitsTrack(
  track: { frameCount: number; peakCount: number; printBytes: number },
  bytes: Uint8Array,
): boolean {
  if (bytes.length !== track.printBytes || bytes.length < HEADER_BYTES + CHECKSUM_BYTES) return false;
  const { frameCount, count } = printHeader(bytes);
  return frameCount === track.frameCount && count === track.peakCount;
}

/** As `unpackPrint`, for a print that is to be added: refuses one that claims to be longer than it can be. */
export function unpackNewPrint(bytes: Uint8Array, fault: FaultName = 'LibraryDamaged'): Print {
  const print = unpackPrint(bytes, fault);
  const { frameCount, count } = print;
  if (frameCount > MAX_NEW_FRAMES || frameCount > SILENT_FRAMES + count * FRAMES_A_PEAK) {
    throw new UserError(fault, `A print is damaged: it claims ${frameCount} frames and holds ${count} peaks.`);
  }
  return print;
}

/** Refuses, with a fault of the name given, whatever `packPrint` would not have made. */
export function unpackPrint(bytes: Uint8Array, fault: FaultName = 'LibraryDamaged'): Print {
  const refuse = (why: string) => new UserError(fault, `A print is damaged: ${why}.`);
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) throw refuse('it is cut short');
  if (!isIntact(bytes)) throw refuse('its checksum does not fit');
  if (bytes[0] < 1 || bytes[0] > PRINT_VERSION)
    throw refuse(`its packing is version ${bytes[0]}, and ${PRINT_VERSION} is known here`);
  const { format, frameCount, count } = printHeader(bytes);
  const parameter = bytes[1];
  const row = bytes.subarray(HEADER_BYTES, bytes.length - CHECKSUM_BYTES);
  const leastBits = 1 + parameter + BIN_BITS + LEVEL_BITS;
  if (frameCount > MAX_FRAMES || parameter > 30 || count * leastBits > row.length * 8) {
    throw refuse('it promises more than it holds');
  }

  // First the gaps between frames, and bins with levels.
  const frames = new Uint32Array(count);
  const bins = new Uint16Array(count);
  const levels = new Uint8Array(count);
  const reader = new BitReader(row);
  reader.ricesAndBits(parameter, BIN_BITS + LEVEL_BITS, frames, bins);
  let frame = 0;
  let lastBin = -1;
  let isOrdered = true;
  for (let i = 0; i < count; i++) {
    const gap = frames[i];
    const bin = bins[i] & ((1 << BIN_BITS) - 1);
    frame += gap;
    frames[i] = frame;
    levels[i] = bins[i] >>> BIN_BITS;
    bins[i] = bin;
    // within a frame bins ascend
    if (gap * 2 ** BIN_BITS + bin <= lastBin) isOrdered = false;
    lastBin = bin;
  }
  if (frame >= frameCount && count > 0) isOrdered = false;
  if (!isOrdered) throw refuse('its peaks are out of order');
  if ((reader.position + 7) >>> 3 !== row.length || reader.bits(7) !== 0) throw refuse('something follows its peaks');
  return { format, frameCount, count, frames, bins, levels };
}
