/**
 * Reads packed prints: about two bytes per peak, so 3.6 kB per minute of music. `FORMAT.md` specifies every bit. Bytes that `packPrint`
 * (`pack-print.ts`) would not write are refused.
 */
import { type FaultName, UserError } from '../../errors.ts';
import type { Print } from '../../types.ts';
import { BitReader } from '../index/pages/bits.ts';
import { isIntact } from '../shelf/checksum.ts';

/**
 * Version of the packing, not of the peaks in it. In version 1, the level of a peak was its height above its surroundings and not
 * its loudness. Both indicate how likely a peak is to be heard, so such prints are read as if they were of version 2.
 */
export const PRINT_VERSION = 2;

export const BIN_BITS = 10;
/** As a power in the loop, it took four fifths of the time to unpack a print (V8, in one large function). */
const BINS = 2 ** BIN_BITS;
export const LEVEL_BITS = 4;
export const HEADER_BYTES = 12;
export const CHECKSUM_BYTES = 4;
/** About 144 days. A print with more frames cannot be stored. */
const MAX_FRAMES = 2 ** 29;
/**
 * Limits for a new print, so that a few bytes cannot use up the tape: at most four and a half days, and at least one peak per minute
 * on average after the first ten minutes. Even faint noise has 28 peaks a second; only digital silence has none.
 */
const MAX_NEW_FRAMES = 2 ** 24;
const SILENT_FRAMES = 10 * 60 * 43;
const FRAMES_A_PEAK = 60 * 43;

/** Reads the header of a packed print, without validating it. */
export function printHeader(bytes: Uint8Array): { format: number; frameCount: number; count: number } {
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  return {
    format: header.getUint16(2, true),
    frameCount: header.getUint32(4, true),
    count: header.getUint32(8, true),
  };
}

/** Whether a packed print has the number of bytes, frames and peaks given in its track's row. */
export function fitsTrack(
  track: { frameCount: number; peakCount: number; printBytes: number },
  bytes: Uint8Array,
): boolean {
  if (bytes.length !== track.printBytes || bytes.length < HEADER_BYTES + CHECKSUM_BYTES) return false;
  const { frameCount, count } = printHeader(bytes);
  return frameCount === track.frameCount && count === track.peakCount;
}

/** Like `unpackPrint`, for a print that is to be added: also refuses implausibly long ones. */
export function unpackNewPrint(bytes: Uint8Array, fault: FaultName = 'LibraryDamaged'): Print {
  const print = unpackPrint(bytes, fault);
  const { frameCount, count } = print;
  if (frameCount > MAX_NEW_FRAMES || frameCount > SILENT_FRAMES + count * FRAMES_A_PEAK) {
    throw new UserError(fault, `A print is damaged: it claims ${frameCount} frames and holds ${count} peaks.`);
  }
  return print;
}

/** Throws a `UserError` with the name `fault` for bytes that `packPrint` would not write. */
export function unpackPrint(bytes: Uint8Array, fault: FaultName = 'LibraryDamaged'): Print {
  const refuse = (why: string) => new UserError(fault, `A print is damaged: ${why}.`);
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) throw refuse('it is incomplete');
  if (!isIntact(bytes)) throw refuse('its checksum does not match');
  if (bytes[0] < 1 || bytes[0] > PRINT_VERSION)
    throw refuse(`its packing has version ${bytes[0]}, and this version of Entendu reads up to ${PRINT_VERSION}`);
  const { format, frameCount, count } = printHeader(bytes);
  const parameter = bytes[1];
  const row = bytes.subarray(HEADER_BYTES, bytes.length - CHECKSUM_BYTES);
  const leastBits = 1 + parameter + BIN_BITS + LEVEL_BITS;
  if (frameCount > MAX_FRAMES || parameter > 30 || count * leastBits > row.length * 8) {
    throw refuse('its header does not match its content');
  }

  // Read the columns as stored: gaps between frames, and bins combined with levels.
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
    // Within a frame, bins ascend.
    if (gap * BINS + bin <= lastBin) isOrdered = false;
    lastBin = bin;
  }
  if (frame >= frameCount && count > 0) isOrdered = false;
  if (!isOrdered) throw refuse('its peaks are out of order');
  if ((reader.position + 7) >>> 3 !== row.length || reader.bits(7) !== 0) throw refuse('there is data after its peaks');
  return { format, frameCount, count, frames, bins, levels };
}
