/** Uncompressed sound in a file: where it lies, its layout, and how its bytes become samples. */
import type { Pcm } from '../../types.ts';
import { Downmix } from '../downmix.ts';
import { type FileBytes, readBytes } from '../file-bytes.ts';
import type { BlockDecoder } from './adpcm.ts';

/** How one sample is written: signed or unsigned bytes, signed integers, floats, the two curves of telephony. */
export type Encoding = 'u8' | 's8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'ulaw' | 'alaw';

/** Sound in blocks that can only be decoded as a whole: see `adpcm.ts`. */
export interface Blocks {
  frames: number;
  decode: BlockDecoder;
}

export interface PcmFormat {
  sampleRate: number;
  channelCount: number;
  encoding: Encoding;
  littleEndian: boolean;
  /** Bytes from one frame (a sample of each channel) to the next. */
  frameBytes: number;
}

export interface PcmLayout extends PcmFormat {
  /** Where the samples begin, in bytes, and how many bytes of them are there. */
  start: number;
  byteLength: number;
  /** If given, `frameBytes` are those of a block, and `encoding` has no meaning. */
  blocks?: Blocks;
}

/** Samples of all channels that are read at once. */
const SAMPLES_AT_ONCE = 2 ** 17;

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

const readers: Record<Encoding, Read> = {
  u8: (view, at) => (view.getUint8(at) - 128) / 0x80,
  s8: (view, at) => view.getInt8(at) / 0x80,
  s16: (view, at, little) => view.getInt16(at, little) / 0x8000,
  s24: (view, at, little) =>
    (little
      ? view.getUint16(at, true) | (view.getInt8(at + 2) << 16)
      : view.getUint8(at + 2) | (view.getInt16(at, false) << 8)) / 0x80_0000,
  s32: (view, at, little) => view.getInt32(at, little) / 0x8000_0000,
  f32: (view, at, little) => view.getFloat32(at, little),
  f64: (view, at, little) => view.getFloat64(at, little),
  ulaw: (view, at) => ulaw(view.getUint8(at)),
  alaw: (view, at) => alaw(view.getUint8(at)),
};

/** ITU-T G.711: sign, 3 bits of exponent, 4 bits of mantissa, all inverted. */
function ulaw(byte: number): number {
  const code = ~byte & 0xff;
  const size = ((((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return (code & 0x80 ? -size : size) / 0x8000;
}

/** ITU-T G.711, with every other bit inverted. */
function alaw(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = ((code & 0x0f) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (code & 0x80 ? size : -size) / 0x8000;
}

export function secondsOf({ byteLength, frameBytes, sampleRate, blocks }: PcmLayout): number {
  return (Math.floor(byteLength / frameBytes) * (blocks?.frames ?? 1)) / sampleRate;
}

/** Writes the frames in `bytes` into `channels` and returns how many. What is not a number or absurdly loud becomes silence. */
export function toChannels(bytes: Uint8Array, format: PcmFormat, channels: Float32Array[]): number {
  const { encoding, frameBytes, littleEndian, channelCount } = format;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = Math.floor(bytes.byteLength / frameBytes);
  const sampleBytes = frameBytes / channelCount;
  const read = readers[encoding];
  const isFloat = encoding === 'f32' || encoding === 'f64';
  for (let c = 0; c < channelCount; c++) {
    const channel = channels[c];
    for (let i = 0, at = c * sampleBytes; i < frames; i++, at += frameBytes) {
      const sample = read(view, at, littleEndian);
      channel[i] = isFloat && !(Math.abs(sample) < 1e6) ? 0 : sample;
    }
  }
  return frames;
}

export async function* pcmBlocks(file: FileBytes, layout: PcmLayout): AsyncGenerator<Pcm, void> {
  const { channelCount, frameBytes, sampleRate, start, byteLength, blocks } = layout;
  const downmix = new Downmix(channelCount);
  const framesEach = blocks?.frames ?? 1;
  const partsAtOnce = Math.max(1, Math.floor(SAMPLES_AT_ONCE / channelCount / framesEach));
  const channels = Array.from({ length: channelCount }, () => new Float32Array(partsAtOnce * framesEach));
  const end = start + byteLength - (byteLength % frameBytes);
  for (let at = start; at < end; at += partsAtOnce * frameBytes) {
    const bytes = await readBytes(file, at, Math.min(end, at + partsAtOnce * frameBytes));
    const frames = blocks ? decodeBlocks(bytes, frameBytes, blocks, channels) : toChannels(bytes, layout, channels);
    for (const samples of downmix.push(channels, frames)) yield { samples, sampleRate };
  }
  for (const samples of downmix.finish()) yield { samples, sampleRate };
}

function decodeBlocks(bytes: Uint8Array, blockBytes: number, blocks: Blocks, channels: Float32Array[]): number {
  const count = Math.floor(bytes.byteLength / blockBytes);
  for (let block = 0; block < count; block++) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + block * blockBytes, blockBytes);
    blocks.decode(view, channels, block * blocks.frames);
  }
  return count * blocks.frames;
}
