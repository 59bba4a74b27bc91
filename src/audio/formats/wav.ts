/** WAV (RIFF, RF64, BW64), read without any codec: integers of 8 to 32 bits, floats, the two curves of telephony, ADPCM. */

import type { FileBytes } from '../file-bytes.ts';
import { checkShape } from '../rates.ts';
import type { FileTags, SoundFile } from '../sound-file.ts';
import { framesInIma, framesInMicrosoft, ima, microsoft } from './adpcm.ts';
import { chunksOf, nameAt, textOf, viewOf } from './chunks.ts';
import type { Id3Chunk } from './id3-chunk.ts';
import { type Blocks, type Encoding, type PcmFormat, type PcmLayout, pcmBlocks, secondsOf } from './pcm-bytes.ts';

const PCM = 1;
const MICROSOFT_ADPCM = 2;
const FLOAT = 3;
const ALAW = 6;
const ULAW = 7;
const IMA_ADPCM = 0x11;
const EXTENSIBLE = 0xfffe;

/** A longer text is not a tag. */
const MAX_TEXT = 4096;

export async function isWav(file: FileBytes): Promise<boolean> {
  const head = await viewOf(file, 0, 12);
  return head.byteLength === 12 && ['RIFF', 'RF64', 'BW64'].includes(nameAt(head, 0)) && nameAt(head, 8) === 'WAVE';
}

/** `undefined` when the file holds something that needs a codec, or nothing. */
export async function openWav(file: FileBytes): Promise<SoundFile | undefined> {
  let format: (PcmFormat & { blocks?: Blocks }) | undefined;
  let largeLength: number | undefined;
  let layout: PcmLayout | undefined;
  let claimedBytes = 0;
  const lists: { start: number; byteLength: number }[] = [];
  let id3: Id3Chunk | undefined;
  for await (const { name, start, byteLength } of chunksOf(file, true)) {
    if (name === 'ds64' && byteLength >= 16) largeLength = largeLengthOf(await viewOf(file, start, 16));
    if (name === 'fmt ') {
      const chunk = await viewOf(file, start, Math.min(byteLength, 40));
      format = wavFormat(chunk) ?? blockFormat(chunk);
    }
    if (name === 'LIST') lists.push({ start, byteLength });
    if (name.toLowerCase() === 'id3 ') id3 = { start, byteLength };
    if (name === 'data' && format && !layout) {
      const there = file.size - start;
      // A recorder that cannot seek back to write the length leaves 0 or the largest number.
      const isOpenEnded = byteLength === 0 || byteLength === 0xffff_ffff;
      claimedBytes = isOpenEnded ? (largeLength ?? there) : byteLength;
      layout = { ...format, start, byteLength: Math.min(claimedBytes, there) };
      if (isOpenEnded) break;
    }
  }
  if (!layout) return undefined;
  const found = layout;
  return {
    seconds: secondsOf({ ...found, byteLength: claimedBytes }),
    tags: async () => withChunk(await tagsOf(file, lists), file, id3),
    blocks: () => pcmBlocks(file, found),
    close() {},
  };
}

/** Programs that write both chunks write the same into them, and more into the ID3 chunk. */
export async function withChunk(others: FileTags, file: FileBytes, chunk: Id3Chunk | undefined): Promise<FileTags> {
  return chunk ? (await import('./id3-chunk.ts')).withId3(others, file, chunk) : others;
}

/** Bytes of sound according to the chunk "ds64", where a recorder that cannot seek back leaves none either. */
function largeLengthOf(chunk: DataView): number | undefined {
  if (chunk.byteLength < 16) return undefined;
  const length = chunk.getBigUint64(8, true);
  return length === 0n || length > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(length);
}

/** The format in the chunk "fmt "; `undefined` when a codec is needed. */
export function wavFormat(chunk: DataView): PcmFormat | undefined {
  if (chunk.byteLength < 16) return undefined;
  const channelCount = chunk.getUint16(2, true);
  const sampleRate = chunk.getUint32(4, true);
  const frameBytes = chunk.getUint16(12, true) || (channelCount * chunk.getUint16(14, true)) / 8;
  const tag = chunk.getUint16(0, true);
  const isExtended = tag === EXTENSIBLE && chunk.byteLength >= 26;
  const kind = isExtended ? chunk.getUint16(24, true) : tag;
  if ([PCM, FLOAT, ALAW, ULAW].includes(kind)) checkShape({ sampleRate, channelCount });
  const encoding = encodingOf(kind, frameBytes / channelCount);
  if (!encoding) return undefined;
  return { sampleRate, channelCount, frameBytes, encoding, littleEndian: true };
}

/** The format of ADPCM; `undefined` when it is another. */
function blockFormat(chunk: DataView): (PcmFormat & { blocks: Blocks }) | undefined {
  if (chunk.byteLength < 16) return undefined;
  const tag = chunk.getUint16(0, true);
  const channelCount = chunk.getUint16(2, true);
  const sampleRate = chunk.getUint32(4, true);
  const frameBytes = chunk.getUint16(12, true);
  const isKnown = tag === MICROSOFT_ADPCM || tag === IMA_ADPCM;
  if (!isKnown || chunk.getUint16(14, true) !== 4) return undefined;
  checkShape({ sampleRate, channelCount });
  if (channelCount > 2 || frameBytes < 8 * channelCount) return undefined;
  const blocks =
    tag === IMA_ADPCM
      ? { frames: framesInIma(frameBytes, channelCount), decode: ima }
      : { frames: framesInMicrosoft(frameBytes, channelCount), decode: microsoft };
  return { sampleRate, channelCount, frameBytes, encoding: 's16', littleEndian: true, blocks };
}

/** By the bytes of a sample: 20 bits are stored in the upper part of three bytes, 12 bits of two. */
function encodingOf(tag: number, sampleBytes: number): Encoding | undefined {
  const integers: Encoding[] = ['u8', 's16', 's24', 's32'];
  if (tag === PCM) return integers[sampleBytes - 1];
  if (tag === FLOAT) return sampleBytes === 4 ? 'f32' : sampleBytes === 8 ? 'f64' : undefined;
  if (sampleBytes !== 1) return undefined;
  return tag === ALAW ? 'alaw' : tag === ULAW ? 'ulaw' : undefined;
}

async function tagsOf(file: FileBytes, lists: { start: number; byteLength: number }[]): Promise<FileTags> {
  const texts: Record<string, string> = {};
  for (const { start, byteLength } of lists) {
    if (nameAt(await viewOf(file, start, 4), 0) !== 'INFO') continue;
    const list = file.slice(0, start + byteLength);
    for await (const { name, start: at, byteLength: length } of chunksOf(list, true, start + 4))
      texts[name] = textOf(await viewOf(list, at, Math.min(length, MAX_TEXT)));
  }
  return {
    title: texts.INAM,
    artist: texts.IART,
    album: texts.IPRD,
    year: Number.parseInt(texts.ICRD, 10),
    trackNumber: Number.parseInt(texts.ITRK ?? texts.IPRT, 10),
  };
}
