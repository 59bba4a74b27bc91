/** Where the page and its workers fetch the kernel from. */
export { default as kernelUrl } from './kernel.wasm?url';
