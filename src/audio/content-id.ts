/**
 * Identifies a file by its bytes, whatever its name: the SHA-256 of the concatenated SHA-256 of each MiB, in hex. A plain
 * SHA-256 would need the whole file in memory, since browsers cannot digest in parts.
 */
import { type FileBytes, readBytes, unreadable } from './file-bytes.ts';

export const CHUNK_BYTES = 2 ** 20;
const DIGEST_BYTES = 32;

/** `progress` gets the share that is done, 0..1. */
export async function contentIdOf(file: FileBytes, progress?: (fraction: number) => void): Promise<string> {
  const chunkCount = Math.ceil(file.size / CHUNK_BYTES);
  const digests = new Uint8Array(chunkCount * DIGEST_BYTES);
  let done = 0;
  for await (const chunk of chunksOf(file)) {
    digests.set(await digest(chunk), done * DIGEST_BYTES);
    done++;
    progress?.(done / chunkCount);
  }
  // Its length has changed: it is not the file that was chosen.
  if (done !== chunkCount) throw unreadable(`${done} of ${chunkCount} chunks`);
  return Array.from(await digest(digests), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The file, MiB by MiB. A chunk is valid until the next one is requested. */
async function* chunksOf(file: FileBytes): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = file instanceof Blob ? byteReader(file) : undefined;
  if (reader) yield* streamed(reader);
  else
    for (let start = 0; start < file.size; start += CHUNK_BYTES)
      yield await readBytes(file, start, start + CHUNK_BYTES);
}

/** Reuses one buffer: four times as fast as slices, which also leave 130 MB of garbage. */
async function* streamed(reader: ReadableStreamBYOBReader): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read(chunk.subarray(filled)).catch((cause) => {
        throw unreadable(cause);
      });
      if (value) {
        chunk = new Uint8Array(value.buffer);
        filled += value.length;
      }
      if (filled === CHUNK_BYTES || (done && filled > 0)) {
        yield chunk.subarray(0, filled);
        filled = 0;
      }
      if (done) return;
    }
  } finally {
    reader.releaseLock();
  }
}

/** Not every browser can read a file into a given buffer. */
function byteReader(file: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return file.stream().getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
