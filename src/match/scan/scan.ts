/**
 * Proposes places without landmarks: compares the whole print of a track with the clip at every frame. This finds clips in which no
 * landmark survived, and costs 22 ns per peak of the print for a 5 s clip. `assembly/scan.ts` computes the sums for all starts at
 * once: each peak adds its bin's row of the field, reversed in time.
 */
import type { Print } from '../../types.ts';
import { type Field, MARGIN } from '../field/field.ts';
import { firstFrom } from '../judge/align.ts';
import { newScan, type ScanExports } from './scan-wasm.ts';

interface PlaceInPrint {
  /** Frame of the track at which the clip would begin. */
  start: number;
  /** Sum of the field's values at the expected peaks / sqrt(their number x mean power of the field). */
  fit: number;
}

const BIN_BITS = 10;

/** Keeps a clip's field in WebAssembly memory while one track after another is compared with it. */
export class Scanner {
  private readonly wasm: ScanExports;
  private readonly peaks: Uint32Array;
  private readonly placeStarts: Int32Array;
  private readonly placeFits: Float32Array;
  private readonly length: number;
  private readonly firstBin: number;
  private readonly unit: number;

  constructor({ values, stride, firstBin, binCount, frameCount, powers }: Field) {
    const wasm = newScan();
    const { buffer } = wasm.memory;
    if (binCount > wasm.BINS.value) throw new RangeError(`a field of ${binCount} bins does not fit`);
    this.wasm = wasm;
    // Of longer clips, only the first part is compared.
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

  /** The places of a track with a fit of at least `least`. */
  scan(print: Print, least: number): PlaceInPrint[] {
    const { wasm, length, peaks } = this;
    const places: PlaceInPrint[] = [];
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
