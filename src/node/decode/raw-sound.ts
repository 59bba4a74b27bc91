/**
 * Sound that arrives as a stream of bytes, as on standard input: bare samples, or a WAV. Programs that cannot seek leave a
 * wrong length in its header; such a stream lasts until the bytes end. Mono blocks come out as soon as their bytes are in.
 */
import { Downmix } from '../../audio/downmix.ts';
import { type Encoding, type PcmFormat, toChannels } from '../../audio/formats/pcm-bytes.ts';
import { wavFormat } from '../../audio/formats/wav.ts';
import { hearableBlock } from '../../audio/rates.ts';
import { UserError } from '../../errors.ts';

/** Frames per block. */
const BLOCK_FRAMES = 2 ** 14;

/** Possible encodings of raw samples. */
export const ENCODINGS = ['s16', 'u8', 's8', 's24', 's32', 'f32', 'f64', 'ulaw', 'alaw'] as const satisfies Encoding[];

const SAMPLE_BYTES: Record<Encoding, number> = {
  u8: 1,
  s8: 1,
  ulaw: 1,
  alaw: 1,
  s16: 2,
  s24: 3,
  s32: 4,
  f32: 4,
  f64: 8,
};

/** The format of little-endian raw samples. */
export function bareFormat(sampleRate: number, channelCount: number, encoding: Encoding): PcmFormat {
  const frameBytes = channelCount * SAMPLE_BYTES[encoding];
  return { sampleRate, channelCount, encoding, frameBytes, littleEndian: true };
}

/** Reads bytes of a stream in the amounts requested. */
class ByteReader {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The bytes available, from `least` to `most` and a multiple of `step`; fewer at the end of the stream. */
  async take(least: number, most = least, step = 1): Promise<Uint8Array> {
    while (this.#length < least) {
      const { value, done } = await this.#source.next();
      if (done) break;
      this.#parts.push(value);
      this.#length += value.length;
    }
    const all = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    const length = Math.min(most, all.length);
    const taken = all.subarray(0, length - (length % step));
    const rest = all.subarray(taken.length);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return taken;
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      const { length: skipped } = await this.take(1, left);
      if (skipped === 0) return;
      left -= skipped;
    }
  }

  /** Tells the source to stop. */
  async end(): Promise<void> {
    await this.#source.return?.();
  }
}

const word = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export interface SoundStream {
  sampleRate: number;
  /** Undefined if unknown. */
  seconds?: number;
  blocks: AsyncGenerator<Float32Array, void>;
}

/** Converts the sound to a sample rate that the kernel accepts. */
export function hearableStream({ sampleRate, seconds, blocks }: SoundStream): SoundStream {
  const slower = (samples: Float32Array) => hearableBlock({ samples, sampleRate });
  async function* slowed() {
    for await (const block of blocks) yield slower(block).samples;
  }
  return { sampleRate: slower(new Float32Array(0)).sampleRate, seconds, blocks: slowed() };
}

/** `bare`: the format of raw samples without a header. */
export async function readSound(source: AsyncIterable<Uint8Array>, bare?: PcmFormat): Promise<SoundStream> {
  const reader = new ByteReader(source);
  const { format, byteLength } = bare ? { format: bare, byteLength: Infinity } : await readHeader(reader);
  return { sampleRate: format.sampleRate, blocks: readBlocks(reader, format, byteLength) };
}

async function readHeader(reader: ByteReader): Promise<{ format: PcmFormat; byteLength: number }> {
  const riff = await reader.take(12);
  if (riff.length < 12 || !['RIFF', 'RF64', 'BW64'].includes(word(riff, 0)) || word(riff, 8) !== 'WAVE')
    throw new UserError('NotAudio', 'This is not a WAV.');
  let format: PcmFormat | undefined;
  for (;;) {
    const head = await reader.take(8);
    if (head.length < 8) throw new UserError('FileDamaged', 'The WAV ends before its sound begins.');
    const name = word(head, 0);
    const length = view(head).getUint32(4, true);
    if (name === 'data') {
      if (!format) throw new UserError('CodecMissing', 'The WAV uses an encoding that is not supported.');
      // Programs that do not know the length write 0, or a value near or above 2^31.
      return { format, byteLength: length > 0 && length < 0x7ff0_0000 ? length : Infinity };
    }
    if (name === 'fmt ') format = wavFormat(view(await reader.take(Math.min(length, 40))));
    await reader.skip(length + (length % 2) - (name === 'fmt ' ? Math.min(length, 40) : 0));
  }
}

async function* readBlocks(
  reader: ByteReader,
  format: PcmFormat,
  byteLength: number,
): AsyncGenerator<Float32Array, void> {
  const { frameBytes, channelCount } = format;
  const downmix = new Downmix(channelCount);
  const channels = Array.from({ length: channelCount }, () => new Float32Array(BLOCK_FRAMES));
  try {
    for (let left = byteLength; left >= frameBytes; ) {
      const bytes = await reader.take(frameBytes, Math.min(left, BLOCK_FRAMES * frameBytes), frameBytes);
      if (bytes.length === 0) break;
      left -= bytes.length;
      yield* downmix.push(channels, toChannels(bytes, format, channels));
    }
    yield* downmix.finish();
  } finally {
    await reader.end();
  }
}
