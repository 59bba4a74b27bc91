import kernel from './kernel.wasm?url&inline';

/** The compiled kernel for Node, where it is in the bundle as a data URL. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(kernel.slice(kernel.indexOf(',') + 1), 'base64'));
}
