/** The chunks that WAV and AIFF files are made of: a name of four letters, a length, bytes, padded to an even length. */
import { type FileBytes, readBytes } from '../file-bytes.ts';

interface Chunk {
  name: string;
  /** Where its content begins, in bytes from the start of the file. */
  start: number;
  /** As the chunk claims; the file may end before. */
  byteLength: number;
}

export function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));
}

/** A file with more chunks is not taken for sound. */
const MAX_CHUNKS = 10_000;

/** The chunks from byte `start` on. */
export async function* chunksOf(file: FileBytes, littleEndian: boolean, start = 12): AsyncGenerator<Chunk> {
  for (let count = 0; start + 8 <= file.size && count < MAX_CHUNKS; count++) {
    const head = await viewOf(file, start, 8);
    const byteLength = head.getUint32(4, littleEndian);
    yield { name: nameAt(head, 0), start: start + 8, byteLength };
    start += 8 + byteLength + (byteLength % 2);
  }
}

/** Up to `byteLength` bytes of a file. */
export async function viewOf(file: FileBytes, start: number, byteLength: number): Promise<DataView> {
  const bytes = await readBytes(file, start, start + byteLength);
  return new DataView(bytes.buffer);
}

/** Text up to the first zero: UTF-8, or Latin-1 in old files. */
export function textOf(view: DataView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  const kept = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(kept);
  } catch {
    return new TextDecoder('latin1').decode(kept);
  }
}
