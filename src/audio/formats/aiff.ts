/** AIFF and AIFF-C, read without any codec. */

import type { FileBytes } from '../file-bytes.ts';
import { checkShape } from '../rates.ts';
import type { SoundFile } from '../sound-file.ts';
import { chunksOf, nameAt, textOf, viewOf } from './chunks.ts';
import type { Id3Chunk } from './id3-chunk.ts';
import { type Encoding, type PcmLayout, pcmBlocks, secondsOf } from './pcm-bytes.ts';
import { withChunk } from './wav.ts';

const MAX_TEXT = 4096;

export async function isAiff(file: FileBytes): Promise<boolean> {
  const head = await viewOf(file, 0, 12);
  return head.byteLength === 12 && nameAt(head, 0) === 'FORM' && /^AIF[FC]$/.test(nameAt(head, 8));
}

/** `undefined` when the file holds something that needs a codec, or nothing. */
export async function openAiff(file: FileBytes): Promise<SoundFile | undefined> {
  let format: Omit<PcmLayout, 'start' | 'byteLength'> | undefined;
  let data: { start: number; byteLength: number } | undefined;
  const texts: Record<string, string> = {};
  let id3: Id3Chunk | undefined;
  for await (const { name, start, byteLength } of chunksOf(file, false)) {
    if (name === 'COMM') format = formatOf(await viewOf(file, start, Math.min(byteLength, 22)));
    if (name === 'SSND') {
      const offset = (await viewOf(file, start, 4)).getUint32(0);
      // A recorder that cannot seek back to write the length leaves 0 or the largest number.
      const isOpenEnded = byteLength === 0 || byteLength === 0xffff_ffff;
      const length = isOpenEnded ? file.size - start : byteLength;
      data = { start: start + 8 + offset, byteLength: length - 8 - offset };
      if (isOpenEnded) break;
    }
    if (name === 'ID3 ') id3 = { start, byteLength };
    if (name === 'NAME' || name === 'AUTH')
      texts[name] = textOf(await viewOf(file, start, Math.min(byteLength, MAX_TEXT)));
  }
  if (!format || !data) return undefined;
  const layout = { ...format, ...data, byteLength: Math.max(0, Math.min(data.byteLength, file.size - data.start)) };
  return {
    seconds: secondsOf({ ...layout, byteLength: Math.max(0, data.byteLength) }),
    tags: () => withChunk({ title: texts.NAME, artist: texts.AUTH }, file, id3),
    blocks: () => pcmBlocks(file, layout),
    close() {},
  };
}

/** Compression types of AIFF-C: encoding, bytes a sample, byte order. */
const compressions: Record<string, [Encoding, number, 'little' | 'big']> = {
  raw: ['u8', 1, 'big'],
  in24: ['s24', 3, 'big'],
  in32: ['s32', 4, 'big'],
  fl32: ['f32', 4, 'big'],
  fl64: ['f64', 8, 'big'],
  ulaw: ['ulaw', 1, 'big'],
  alaw: ['alaw', 1, 'big'],
};

function formatOf(chunk: DataView): Omit<PcmLayout, 'start' | 'byteLength'> | undefined {
  if (chunk.byteLength < 18) return undefined;
  const channelCount = chunk.getUint16(0);
  const sampleRate = extended(chunk, 8);
  const letters = chunk.byteLength >= 22 ? nameAt(chunk, 18) : 'NONE';
  const integers: Encoding[] = ['s8', 's16', 's24', 's32'];
  const bytes = Math.ceil(chunk.getUint16(6) / 8);
  const isPlain = ['NONE', 'twos', 'sowt'].includes(letters);
  const [encoding, sampleBytes, order] = isPlain
    ? [integers[bytes - 1], bytes, letters === 'sowt' ? 'little' : 'big']
    : (compressions[letters.trim().toLowerCase()] ?? []);
  if (!encoding || !sampleBytes) return undefined;
  checkShape({ sampleRate, channelCount });
  return {
    sampleRate,
    channelCount,
    encoding,
    frameBytes: sampleBytes * channelCount,
    littleEndian: order === 'little',
  };
}

/** IEEE 754 extended precision: sign and 15 bits of exponent, 64 bits of mantissa with its leading one. */
function extended(view: DataView, at: number): number {
  const exponent = view.getUint16(at) & 0x7fff;
  return Number(view.getBigUint64(at + 2)) * 2 ** (exponent - 16_383 - 63);
}
