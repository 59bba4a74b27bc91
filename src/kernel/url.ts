/** From where the page and its workers fetch the compiled kernel. */
export { default as kernelUrl } from './kernel.wasm?url';
