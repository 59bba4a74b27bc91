/** The address of the compiled kernel, for the page and its workers. */
export { default as kernelUrl } from './kernel.wasm?url';
