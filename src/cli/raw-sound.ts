/**
 * Sound that arrives as a stream of bytes, as on standard input: a WAV, whose header programs that cannot seek fill in
 * wrongly (so it lasts until the bytes end), or bare samples. Comes out as mono blocks, as soon as the bytes are there.
 */
import { UsageError } from './options.ts';

export const ENCODINGS = ['s16le', 'u8', 's24le', 's32le', 'f32le', 'f64le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface Layout {
  sampleRate: number;
  channels: number;
  encoding: Encoding;
}

const sampleBytes: Record<Encoding, number> = { u8: 1, s16le: 2, s24le: 3, s32le: 4, f32le: 4, f64le: 8 };

const readers: Record<Encoding, (bytes: DataView, at: number) => number> = {
  u8: (bytes, at) => (bytes.getUint8(at) - 128) / 128,
  s16le: (bytes, at) => bytes.getInt16(at, true) / 32768,
  s24le: (bytes, at) => (bytes.getUint16(at, true) | (bytes.getInt8(at + 2) << 16)) / 8388608,
  s32le: (bytes, at) => bytes.getInt32(at, true) / 2147483648,
  f32le: (bytes, at) => bytes.getFloat32(at, true),
  f64le: (bytes, at) => bytes.getFloat64(at, true),
};

/** Bytes of a stream, in the amounts that are asked for. */
class ByteReader {
  private held = new Uint8Array(0);
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** At least so many bytes without taking them; fewer at the end of the stream. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.held.length < length) {
      const { value, done } = await this.source.next();
      if (done) break;
      const both = new Uint8Array(this.held.length + value.length);
      both.set(this.held);
      both.set(value, this.held.length);
      this.held = both;
    }
    return this.held;
  }

  async take(length: number): Promise<Uint8Array> {
    const bytes = (await this.peek(length)).subarray(0, length);
    this.held = this.held.subarray(bytes.length);
    return bytes;
  }
}

const word = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** `bare`: how the samples lie when they come without a header. */
export async function readSound(
  source: AsyncIterable<Uint8Array>,
  bare?: Layout,
): Promise<{ sampleRate: number; blocks: AsyncIterable<Float32Array> }> {
  const reader = new ByteReader(source);
  const layout = bare ? { ...bare, bytes: Infinity } : await readHeader(reader);
  return { sampleRate: layout.sampleRate, blocks: readBlocks(reader, layout) };
}

async function readHeader(reader: ByteReader): Promise<Layout & { bytes: number }> {
  const riff = await reader.take(12);
  if (riff.length < 12 || !['RIFF', 'RF64'].includes(word(riff, 0)) || word(riff, 8) !== 'WAVE')
    throw new UsageError(
      'Standard input is not a WAV. If it is bare samples, tell how many a second: --rate 44100 (and --channels, --encoding).',
    );
  let layout: Layout | undefined;
  for (;;) {
    const head = await reader.take(8);
    if (head.length < 8) throw new UsageError('The WAV on standard input ends before its sound begins.');
    const name = word(head, 0);
    const length = view(head).getUint32(4, true);
    if (name === 'data') return limited(layout, length);
    const body = await reader.take(length + (length & 1));
    if (name === 'fmt ' && body.length >= 16) layout = readFormat(view(body));
  }
}

/** A length near 2^31 or above is what recorders write that do not know it. */
function limited(layout: Layout | undefined, length: number): Layout & { bytes: number } {
  if (!layout) throw new UsageError('The WAV on standard input does not say how its samples lie.');
  return { ...layout, bytes: length > 0 && length < 0x7ff00000 ? length : Infinity };
}

function readFormat(body: DataView): Layout {
  const EXTENSIBLE = 0xfffe;
  const tag = body.getUint16(0, true);
  const kind = tag === EXTENSIBLE && body.byteLength >= 26 ? body.getUint16(24, true) : tag;
  const bits = body.getUint16(14, true);
  const integers: Record<number, Encoding> = { 8: 'u8', 16: 's16le', 24: 's24le', 32: 's32le' };
  const floats: Record<number, Encoding> = { 32: 'f32le', 64: 'f64le' };
  const encoding = { 1: integers, 3: floats }[kind]?.[bits];
  if (!encoding)
    throw new UsageError(`The WAV on standard input holds samples of a kind that is not read here (${kind}).`);
  const channels = body.getUint16(2, true);
  if (channels === 0) throw new UsageError('The WAV on standard input has no channel.');
  return { sampleRate: body.getUint32(4, true), channels, encoding };
}

async function* readBlocks(
  reader: ByteReader,
  { channels, encoding, bytes: length }: Layout & { bytes: number },
): AsyncGenerator<Float32Array> {
  const frameBytes = sampleBytes[encoding] * channels;
  let left = length;
  const read = readers[encoding];
  for (;;) {
    const waiting = (await reader.peek(frameBytes)).length;
    const frames = Math.floor(Math.min(waiting, left) / frameBytes);
    if (frames === 0) return;
    left -= frames * frameBytes;
    const bytes = view(await reader.take(frames * frameBytes));
    const block = new Float32Array(frames);
    for (let i = 0, at = 0; i < frames; i++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++, at += sampleBytes[encoding]) sum += read(bytes, at);
      block[i] = sum / channels;
    }
    yield block;
  }
}
