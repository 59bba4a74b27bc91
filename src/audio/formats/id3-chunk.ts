/**
 * Tags, cover and lyrics in the ID3 chunk of a WAV or AIFF file. mediabunny reads them, from a WAV in memory that holds nothing else. This
 * file is loaded only if there is such a chunk.
 */
import { BufferSource, Input, Logging, LogLevel, WAVE } from 'mediabunny';
import { type FileBytes, readBytes } from '../file-bytes.ts';
import type { FileTags } from '../sound-file.ts';
import { tagsOfMetadata } from '../tags.ts';

/** As `chunksOf` finds it. */
export interface Id3Chunk {
  start: number;
  byteLength: number;
}

/** With pictures; a larger chunk is left out. */
const MOST_BYTES = 32 * 2 ** 20;
const HEAD_BYTES = 44;
/** The chunk "data", with one sample. */
const DATA_BYTES = 10;

/** `others`, overridden by the tags of the chunk. A damaged chunk is ignored: unreadable tags are no reason to refuse the sound. */
export async function withId3(others: FileTags, file: FileBytes, { start, byteLength }: Id3Chunk): Promise<FileTags> {
  const chunk = await readBytes(file, start, start + Math.min(byteLength, MOST_BYTES));
  Logging.level = LogLevel.Silent;
  const input = new Input({ source: new BufferSource(wavAround(chunk)), formats: [WAVE] });
  try {
    const found = tagsOfMetadata(await input.getMetadataTags());
    const told = Object.entries(found).filter(([, value]) => value !== undefined);
    return { ...others, ...Object.fromEntries(told) };
  } catch {
    return others;
  } finally {
    input.dispose();
  }
}

function wavAround(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = chunk.length + (chunk.length % 2);
  const bytes = new Uint8Array(HEAD_BYTES + padded + DATA_BYTES);
  const view = new DataView(bytes.buffer);
  const name = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  name(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // integers
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, 8000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  name(36, 'ID3 ');
  view.setUint32(40, chunk.length, true);
  bytes.set(chunk, HEAD_BYTES);
  name(HEAD_BYTES + padded, 'data');
  view.setUint32(HEAD_BYTES + padded + 4, 2, true);
  return bytes;
}
