/**
 * Packs an analysed clip, so that sound can be analysed in one place and recognised by a library in another, without sending the sound
 * itself. It contains a coarse spectrogram, from which speech or music cannot be reconstructed as recorded.
 *
 *     'ECLP' | u8 version | u8 analyses | u16 kernel format | u32 frames | u32 bytes of the body | body, deflated (raw)
 *     body: for each analysis u32 count, then count x (u32 frame, u16 bin, u16 level, u8 rank, i8 frame and bin fractions);
 *           then the prominence map, BIN_COUNT bytes a frame
 *
 * All numbers are little-endian. Everything is validated when it is read.
 */
import { UserError } from '../../errors.ts';
import {
  BIN_COUNT,
  FIRST_BIN,
  FRAMES_PER_SECOND,
  HOP_SAMPLES,
  KERNEL_FORMAT,
  KERNEL_RATE,
  WINDOW_SAMPLES,
} from '../../kernel/format.ts';
import { type Analysis, newPeaks } from '../../match/analysis.ts';
import type { Peaks } from '../../types.ts';
import { ANALYSES, QUERY_RANK } from './analyse.ts';

const MAGIC = new TextEncoder().encode('ECLP');
const VERSION = 1;
const HEADER_BYTES = 16;
const PEAK_BYTES = 11;
/** Maximum length: a minute. Longer sound must be split. */
const MOST_FRAMES = Math.ceil(60 * FRAMES_PER_SECOND);
/** Limit for the peaks per frame and analysis; music has one to three. */
const MOST_PEAKS_PER_FRAME = 30;

export async function packClip({ shifts, map }: Analysis): Promise<Uint8Array> {
  const peakCount = shifts.reduce((sum, { count }) => sum + count, 0);
  const body = new Uint8Array(4 * shifts.length + PEAK_BYTES * peakCount + map.rows.length);
  let at = 0;
  for (const peaks of shifts) at = writePeaks(body, at, peaks);
  body.set(map.rows, at);
  const packed = await through(body, new CompressionStream('deflate-raw'), Infinity);
  const bytes = new Uint8Array(HEADER_BYTES + packed.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint8(4, VERSION);
  view.setUint8(5, shifts.length);
  view.setUint16(6, KERNEL_FORMAT, true);
  view.setUint32(8, map.frameCount, true);
  view.setUint32(12, body.length, true);
  bytes.set(packed, HEADER_BYTES);
  return bytes;
}

export async function unpackClip(bytes: Uint8Array): Promise<Analysis> {
  if (bytes.length < HEADER_BYTES || !MAGIC.every((byte, i) => bytes[i] === byte))
    throw new UserError('NotAudio', 'These are not the peaks of a clip.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [format, frameCount, length] = [view.getUint16(6, true), view.getUint32(8, true), view.getUint32(12, true)];
  if (view.getUint8(4) !== VERSION || format !== KERNEL_FORMAT)
    throw new UserError('NotAudio', 'These peaks were made by another version. Update Entendu on both sides.');
  if (view.getUint8(5) !== ANALYSES || frameCount > MOST_FRAMES)
    throw damaged(frameCount > MOST_FRAMES ? 'they are of more than a minute: ask in parts' : 'they are incomplete');
  const mapBytes = frameCount * BIN_COUNT;
  const most = mapBytes + ANALYSES * (4 + PEAK_BYTES * MOST_PEAKS_PER_FRAME * frameCount);
  if (length < mapBytes + 4 * ANALYSES || length > most) throw damaged('their length makes no sense');
  const body = await through(bytes.subarray(HEADER_BYTES), new DecompressionStream('deflate-raw'), length);
  if (body.length !== length) throw damaged('they are cut short');
  const reader = { body, view: new DataView(body.buffer, body.byteOffset, body.length), at: 0 };
  const shifts = Array.from({ length: ANALYSES }, () => readPeaks(reader, frameCount));
  if (reader.at + mapBytes !== body.length) throw damaged('something follows their end');
  const rows = body.slice(reader.at);
  return { frameRate: FRAMES_PER_SECOND, shifts, map: { firstBin: FIRST_BIN, binCount: BIN_COUNT, frameCount, rows } };
}

/** A packed clip with its length, which follows from its frames. */
export async function clipOfPeaks(
  clip: Uint8Array,
): Promise<{ analysis: Analysis; heardSeconds: number; kernelMs: 0 }> {
  const analysis = await unpackClip(clip);
  const samples = analysis.map.frameCount * HOP_SAMPLES + WINDOW_SAMPLES - HOP_SAMPLES;
  return { analysis, heardSeconds: samples / KERNEL_RATE, kernelMs: 0 };
}

const damaged = (why: string) => new UserError('FileDamaged', `These peaks are damaged: ${why}.`);

function writePeaks(body: Uint8Array, from: number, peaks: Peaks): number {
  const view = new DataView(body.buffer);
  view.setUint32(from, peaks.count, true);
  let at = from + 4;
  for (let i = 0; i < peaks.count; i++, at += PEAK_BYTES) {
    view.setUint32(at, peaks.frames[i], true);
    view.setUint16(at + 4, peaks.bins[i], true);
    view.setUint16(at + 6, peaks.levels[i], true);
    view.setUint8(at + 8, peaks.ranks[i]);
    view.setInt8(at + 9, peaks.frameFractions[i]);
    view.setInt8(at + 10, peaks.binFractions[i]);
  }
  return at;
}

function readPeaks(reader: { view: DataView; at: number }, frameCount: number): Peaks {
  const { view } = reader;
  if (reader.at + 4 > view.byteLength) throw damaged('they are cut short');
  const count = view.getUint32(reader.at, true);
  reader.at += 4;
  if (reader.at + count * PEAK_BYTES > view.byteLength) throw damaged('they promise more than they hold');
  const peaks = newPeaks(count);
  let last = -1;
  for (let i = 0; i < count; i++, reader.at += PEAK_BYTES) {
    const { at } = reader;
    const [frame, bin, rank] = [view.getUint32(at, true), view.getUint16(at + 4, true), view.getUint8(at + 8)];
    // Frames ascend, and bins within a frame. An analysis that begins later may end a frame after the map.
    if (frame * 2 ** 16 + bin <= last || frame > frameCount) throw damaged('they are out of order');
    if (bin < FIRST_BIN || bin >= FIRST_BIN + BIN_COUNT || rank > QUERY_RANK) throw damaged('a peak cannot be there');
    last = frame * 2 ** 16 + bin;
    peaks.frames[i] = frame;
    peaks.bins[i] = bin;
    peaks.levels[i] = view.getUint16(at + 6, true);
    peaks.ranks[i] = rank;
    peaks.frameFractions[i] = view.getInt8(at + 9);
    peaks.binFractions[i] = view.getInt8(at + 10);
  }
  return peaks;
}

/** Fails if the output would exceed `most` bytes. */
async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, most: number) {
  const parts: Uint8Array[] = [];
  let length = 0;
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream as ReadableWritablePair);
  try {
    for await (const part of source as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > most) throw damaged('they hold more than they promise');
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw damaged('they cannot be unpacked');
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
