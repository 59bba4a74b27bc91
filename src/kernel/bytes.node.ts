import { readFile } from 'node:fs/promises';

/** The kernel as a file, in Node: beside this source, or beside the bundle that it became part of. */
export function kernelBytes(): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL('./kernel.wasm', import.meta.url));
}
