/**
 * Proposes places without landmarks: compares the whole print of a track with the clip at every frame. Finds clips of which no
 * landmark survived, at 22 ns a peak for a 5 s clip. `assembly/scan.ts` computes the sums: each peak adds its bin's row of the
 * field, reversed in time, to the sums of all starts.
 */
import type { Print } from '../types.ts';
import { firstFrom } from './align.ts';
import { type Field, MARGIN } from './field.ts';
import scanWasm from './scan.wasm?url&inline';

interface ScannedPlace {
  /** Frame of the track at which the clip would begin. */
  start: number;
  /** Sum of field values at the expected peaks, divided by the root of (their number x mean power of the field). */
  fit: number;
}

type Global = WebAssembly.Global<'i32'>;
interface Exports {
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
}

const BIN_BITS = 10;

/** Holds a clip's field in the memory of the WebAssembly module while track after track is compared with it. */
export class Scanner {
  private readonly wasm: Exports;
  private readonly peaks: Uint32Array;
  private readonly placeStarts: Int32Array;
  private readonly placeFits: Float32Array;
  private readonly length: number;
  private readonly firstBin: number;
  private readonly unit: number;

  constructor({ values, stride, firstBin, binCount, frameCount, powers }: Field) {
    const wasm = instance();
    const { buffer } = wasm.memory;
    if (binCount > wasm.BINS.value) throw new RangeError(`a field of ${binCount} bins does not fit`);
    this.wasm = wasm;
    // Of a longer clip, the first part.
    this.length = Math.min(frameCount, wasm.LONGEST.value);
    this.firstBin = firstBin;
    const rowBytes = wasm.strideOf(this.length);
    const rows = new Int8Array(buffer, wasm.field.value, rowBytes * binCount).fill(0);
    for (let bin = 0; bin < binCount; bin++) {
      const from = bin * stride + MARGIN + this.length - 1;
      const to = bin * rowBytes;
      for (let frame = 0; frame < this.length; frame++) rows[to + frame] = values[from - frame];
    }
    this.unit = 1 / Math.sqrt(Math.max(1, powers.reduce((sum, power) => sum + power, 0) / binCount));
    this.peaks = new Uint32Array(buffer, wasm.peaks.value, wasm.PEAK_CAPACITY.value);
    this.placeStarts = new Int32Array(buffer, wasm.placeStarts.value, wasm.PLACE_CAPACITY.value);
    this.placeFits = new Float32Array(buffer, wasm.placeFits.value, wasm.PLACE_CAPACITY.value);
  }

  /** Places of a track whose fit is at least `least`. */
  scan(print: Print, least: number): ScannedPlace[] {
    const { wasm, length, peaks } = this;
    const places: ScannedPlace[] = [];
    const chunk = wasm.CHUNK.value;
    for (let begin = 1 - length; begin < print.frameCount; begin += chunk) {
      const starts = Math.min(chunk, print.frameCount - begin);
      const end = begin + starts + length - 1;
      let count = 0;
      for (let i = firstFrom(print.frames, print.count, begin); i < print.count; i++) {
        const frame = print.frames[i];
        if (frame >= end || count === peaks.length) break;
        peaks[count++] = ((frame - begin) << BIN_BITS) | (print.bins[i] - this.firstBin);
      }
      const found = wasm.scan(count, length, starts, this.unit, least);
      for (let i = 0; i < found; i++) places.push({ start: begin + this.placeStarts[i], fit: this.placeFits[i] });
    }
    return places;
  }
}

let module: WebAssembly.Module | undefined;

/** Small enough to be inlined in the program and compiled synchronously. */
function instance(): Exports {
  if (!module) {
    const text = atob(scanWasm.slice(scanWasm.indexOf(',') + 1));
    module = new WebAssembly.Module(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  exports.start();
  return exports;
}
