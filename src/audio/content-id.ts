/**
 * What a file's bytes are known by, whatever its name: the SHA-256 of the SHA-256 of each MiB of it, one after the other,
 * in hex. A plain SHA-256 of the whole would have to hold the whole file, since browsers digest only at once.
 */
import { readBytes } from './read.ts';

export const CHUNK_BYTES = 2 ** 20;
const DIGEST_BYTES = 32;

/** `progress` is told the share that is done, 0..1. */
export async function contentIdOf(file: Blob, progress?: (fraction: number) => void): Promise<string> {
  const chunkCount = Math.ceil(file.size / CHUNK_BYTES);
  const digests = new Uint8Array(chunkCount * DIGEST_BYTES);
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    const bytes = await readBytes(file, chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
    digests.set(await digest(bytes), chunk * DIGEST_BYTES);
    progress?.((chunk + 1) / chunkCount);
  }
  return Array.from(await digest(digests), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
