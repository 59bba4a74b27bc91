/** Writes AIFF files, and AIFF-C files where a compression is given. */
export type Put = (view: DataView, at: number, sample: number) => void;

export function aiffOf(
  channels: Float32Array[],
  sampleRate: number,
  bits: number,
  put: Put,
  compression?: string,
): Uint8Array<ArrayBuffer> {
  const sampleBytes = Math.ceil(bits / 8);
  const frames = channels[0].length;
  const dataBytes = frames * channels.length * sampleBytes;
  const commonBytes = compression ? 24 : 18;
  const bytes = new DataView(new ArrayBuffer(12 + 8 + commonBytes + 16 + dataBytes + (dataBytes % 2)));
  let at = 0;
  const name = (letters: string) => {
    for (const letter of letters) bytes.setUint8(at++, letter.charCodeAt(0));
  };
  const chunk = (letters: string, length: number) => {
    name(letters);
    bytes.setUint32(at, length);
    at += 4;
  };
  chunk('FORM', bytes.byteLength - 8);
  name(compression ? 'AIFC' : 'AIFF');
  chunk('COMM', commonBytes);
  bytes.setUint16(at, channels.length);
  bytes.setUint32(at + 2, frames);
  bytes.setUint16(at + 6, bits);
  // Extended precision: the exponent of the leading one, then the number shifted up until that stands first.
  const exponent = Math.floor(Math.log2(sampleRate));
  bytes.setUint16(at + 8, 16_383 + exponent);
  bytes.setUint32(at + 10, sampleRate * 2 ** (31 - exponent));
  at += 18;
  if (compression) {
    name(compression);
    at += 2;
  }
  chunk('SSND', 8 + dataBytes);
  at += 8;
  for (let i = 0; i < frames; i++)
    for (const channel of channels) {
      put(bytes, at, channel[i]);
      at += sampleBytes;
    }
  return new Uint8Array(bytes.buffer);
}
