import kernel from './kernel.wasm?url&inline';

/** The compiled kernel in Node, where it is part of the bundle as a data URL. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(kernel.slice(kernel.indexOf(',') + 1), 'base64'));
}
