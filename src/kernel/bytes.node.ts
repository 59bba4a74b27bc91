import kernel from './kernel.wasm?url&inline';

/** The kernel's bytes, in Node, where they travel inside the bundle. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(kernel.slice(kernel.indexOf(',') + 1), 'base64'));
}
