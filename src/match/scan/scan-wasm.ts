/** The WebAssembly module that compares tracks with a clip: `assembly/scan.ts` and `assembly/sketch.ts`. */
import scanWasm from './scan.wasm?url&inline';

type Global = WebAssembly.Global<'i32'>;
export interface ScanExports {
  memory: WebAssembly.Memory;
  start(): void;
  CHUNK: Global;
  LONGEST: Global;
  BINS: Global;
  PEAK_CAPACITY: Global;
  PLACE_CAPACITY: Global;
  field: Global;
  peaks: Global;
  placeStarts: Global;
  placeFits: Global;
  strideOf(length: number): number;
  scan(peakCount: number, length: number, starts: number, unit: number, least: number): number;
  BLOCK_CAPACITY: Global;
  BLOCK_FRAMES: Global;
  CELL_FRAMES: Global;
  SLOTS: Global;
  COLUMNS: Global;
  ROWS: Global;
  blocks: Global;
  pooledRows: Global;
  toneTable: Global;
  pitchSums: Global;
  isBetween: Global;
  bestStart: Global;
  aim(pitch: number, columns: number, shift: number): void;
  fitCells(blockCount: number): number;
  fitElsewhere(apart: number): number;
  fitTones(blockCount: number, span: number, isFirst: number, isLast: number): void;
}

let module: WebAssembly.Module | undefined;

/** Small enough to be inlined in the bundle and compiled synchronously. */
export function newScan(): ScanExports {
  if (!module) {
    const text = atob(scanWasm.slice(scanWasm.indexOf(',') + 1));
    module = new WebAssembly.Module(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }
  const exports = new WebAssembly.Instance(module).exports as unknown as ScanExports;
  exports.start();
  return exports;
}
