/** Writes WAV files in all variants, valid and invalid. */
export type Shape = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'ulaw' | 'alaw';

interface Spec {
  tag: number;
  bytes: number;
  write(view: DataView, at: number, sample: number): void;
  /** Tolerance of a decoded sample. */
  error: number;
}

/** G.711: tries all codes and takes the one that decodes nearest to the sample (see `g711` below). */
const nearest = (decode: (byte: number) => number) => (view: DataView, at: number, sample: number) => {
  let best = 0;
  for (let byte = 0; byte < 256; byte++)
    if (Math.abs(decode(byte) - sample) < Math.abs(decode(best) - sample)) best = byte;
  view.setUint8(at, best);
};

/** Segment by segment, as the tables of ITU-T G.711 have them: start of the segment and its step, of 8159 and of 4096. */
const segments = {
  ulaw: [0, 31, 95, 223, 479, 991, 2015, 4063].map((start, s) => ({ start, step: 2 ** (s + 1) })),
  alaw: [0, 32, 64, 128, 256, 512, 1024, 2048].map((start, s) => ({ start, step: 2 ** Math.max(1, s) })),
};

function decodeUlaw(byte: number): number {
  const code = 255 - byte;
  const { start, step } = segments.ulaw[(code >> 4) & 7];
  const value = code & 0x7f ? start + step * (code & 15) + (((code >> 4) & 7) === 0 ? 0 : step / 2) : 0;
  return ((code & 128 ? -1 : 1) * value) / 8192;
}

function decodeAlaw(byte: number): number {
  const code = byte ^ 0x55;
  const { start, step } = segments.alaw[(code >> 4) & 7];
  return ((code & 128 ? 1 : -1) * (start + step * ((code & 15) + 0.5))) / 4096;
}

export const shapes: Record<Shape, Spec> = {
  u8: { tag: 1, bytes: 1, error: 1 / 128, write: (v, at, s) => v.setUint8(at, Math.round(s * 128) + 128) },
  s16: { tag: 1, bytes: 2, error: 2 ** -15, write: (v, at, s) => v.setInt16(at, Math.round(s * 2 ** 15), true) },
  s24: {
    tag: 1,
    bytes: 3,
    error: 2 ** -23,
    write(v, at, s) {
      const value = Math.round(s * 2 ** 23);
      v.setUint16(at, value & 0xffff, true);
      v.setInt8(at + 2, value >> 16);
    },
  },
  s32: { tag: 1, bytes: 4, error: 2 ** -24, write: (v, at, s) => v.setInt32(at, Math.round(s * 2 ** 31), true) },
  f32: { tag: 3, bytes: 4, error: 0, write: (v, at, s) => v.setFloat32(at, s, true) },
  f64: { tag: 3, bytes: 8, error: 0, write: (v, at, s) => v.setFloat64(at, s, true) },
  ulaw: { tag: 7, bytes: 1, error: 0.018, write: nearest(decodeUlaw) },
  alaw: { tag: 6, bytes: 1, error: 0.018, write: nearest(decodeAlaw) },
};

export const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function joined(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** `claim` replaces the true length in the header. */
function chunkOf(name: string, content: Uint8Array, claim = content.length): Uint8Array {
  const head = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < 4; i++) head.setUint8(i, name.charCodeAt(i));
  head.setUint32(4, claim, true);
  return joined(new Uint8Array(head.buffer), content, new Uint8Array(content.length % 2));
}

export const chunk = (name: string, ...content: Uint8Array[]) => chunkOf(name, joined(...content));
export const riff = (...chunks: Uint8Array[]) => chunk('RIFF', bytesOf('WAVE'), ...chunks);

export interface WavOptions {
  extensible?: boolean;
  before?: Uint8Array[];
  after?: Uint8Array[];
  /** The length of the sound according to the file, in bytes. */
  claim?: number;
  channelCount?: number;
}

export function wavOf(
  shape: Shape,
  channels: Float32Array[],
  sampleRate: number,
  options: WavOptions = {},
): Uint8Array {
  const { extensible = false, before = [], after = [], channelCount = channels.length } = options;
  const { tag, bytes, write } = shapes[shape];
  const frameBytes = bytes * channelCount;
  const format = new DataView(new ArrayBuffer(extensible ? 40 : 16));
  format.setUint16(0, extensible ? 0xfffe : tag, true);
  format.setUint16(2, channelCount, true);
  format.setUint32(4, sampleRate, true);
  format.setUint32(8, sampleRate * frameBytes, true);
  format.setUint16(12, frameBytes, true);
  format.setUint16(14, 8 * bytes, true);
  if (extensible) {
    format.setUint16(16, 22, true);
    format.setUint16(18, 8 * bytes, true);
    format.setUint16(24, tag, true);
  }
  const frames = channels[0]?.length ?? 0;
  const data = new DataView(new ArrayBuffer(frames * bytes * channels.length));
  channels.forEach((channel, c) => {
    channel.forEach((sample, i) => {
      write(data, (i * channels.length + c) * bytes, sample);
    });
  });
  const samples = new Uint8Array(data.buffer);
  return riff(
    chunk('fmt ', new Uint8Array(format.buffer)),
    ...before,
    chunkOf('data', samples, options.claim),
    ...after,
  );
}
