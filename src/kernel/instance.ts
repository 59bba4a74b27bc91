/**
 * One instance of the kernel module: views of its memory, and its two stages (see `assembly/index.ts`). `resample` replaces the
 * block in `samples` by the same sound at KERNEL_RATE; `analyse` reads it from there and collects peaks and rows of the prominence
 * map. An instance holds the state of one resampler and one analysis.
 */
import type { Peaks } from '../types.ts';
import * as format from './format.ts';
import { PeakList } from './peak-list.ts';

/** Constants on which module and host must agree. */
const agreed = {
  FORMAT: format.KERNEL_FORMAT,
  SLOWEST_RATE: format.SLOWEST_RATE,
  FASTEST_RATE: format.FASTEST_RATE,
  RATE: format.KERNEL_RATE,
  HOP: format.HOP_SAMPLES,
  WINDOW: format.WINDOW_SAMPLES,
  FIRST_BIN: format.FIRST_BIN,
  BIN_COUNT: format.BIN_COUNT,
  PRINT_RANK: format.PRINT_RANK,
  MAP_ZERO: format.MAP_ZERO,
  MAP_STEP: format.MAP_STEP,
};

type Constant = keyof typeof agreed | 'INPUT_CAPACITY' | 'SAMPLE_CAPACITY';
type Address = 'samples' | 'map' | `peak${'Frames' | 'Bins' | 'Levels' | 'Ranks' | 'FrameFractions' | 'BinFractions'}`;

type KernelExports = Record<Constant | Address | 'peakCount' | 'mapCount', WebAssembly.Global<'i32'>> & {
  memory: WebAssembly.Memory;
  start(): void;
  startResampler(inputRate: number): void;
  resample(length: number): number;
  endResampler(): number;
  startAnalysis(maxRank: number, shift: number, withMap: boolean): void;
  analyse(length: number): void;
  endAnalysis(): void;
};

export class KernelInstance {
  readonly #exports: KernelExports;
  readonly #peaks: PeakList;
  #rows: Uint8Array[] = [];
  #firstFrame = 0;
  #nextFrame = 0;
  /** Maximum number of samples per call of `resample`. */
  readonly inputCapacity: number;
  /** The block of samples that host, resampler and analysis share. */
  readonly samples: Float32Array;

  constructor(module: WebAssembly.Module) {
    const exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    for (const [name, expected] of Object.entries(agreed)) {
      const { value } = exports[name as Constant];
      if (value !== expected) throw new Error(`the kernel was built with ${name} ${value}, the app with ${expected}`);
    }
    exports.start();
    const { buffer } = exports.memory;
    this.#exports = exports;
    this.inputCapacity = exports.INPUT_CAPACITY.value;
    this.samples = new Float32Array(buffer, exports.samples.value, exports.SAMPLE_CAPACITY.value);
    this.#peaks = new PeakList(buffer, {
      frames: exports.peakFrames.value,
      bins: exports.peakBins.value,
      levels: exports.peakLevels.value,
      ranks: exports.peakRanks.value,
      frameFractions: exports.peakFrameFractions.value,
      binFractions: exports.peakBinFractions.value,
    });
  }

  startResampler(inputRate: number): void {
    this.#exports.startResampler(inputRate);
  }

  /** Resamples the first `length` samples in place; returns their new number. */
  resample(length: number): number {
    return this.#exports.resample(length);
  }

  /** Call after the last block: writes what the filter held back; returns the number of these samples. */
  endResampler(): number {
    return this.#exports.endResampler();
  }

  /** Starts over; drops results that were not taken. */
  startAnalysis(maxRank: number, shiftSamples: number, withMap: boolean): void {
    this.#exports.startAnalysis(maxRank, shiftSamples, withMap);
    this.#peaks.take();
    this.#rows = [];
    this.#firstFrame = this.#nextFrame = 0;
  }

  /** Analyses the first `length` samples. */
  analyse(length: number): void {
    this.#exports.analyse(length);
    this.#collect();
  }

  /** Call after the last block: the peaks that were waiting for later frames become final. */
  endAnalysis(): void {
    this.#exports.endAnalysis();
    this.#collect();
  }

  /** The peaks that have become final since the last call. */
  takePeaks(): Peaks {
    return this.#peaks.take();
  }

  /** The rows of the prominence map made since the last call, BIN_COUNT bytes per frame. */
  takeRows(): { firstFrame: number; rows: Uint8Array } {
    const rows = new Uint8Array((this.#nextFrame - this.#firstFrame) * format.BIN_COUNT);
    let filled = 0;
    for (const part of this.#rows) {
      rows.set(part, filled);
      filled += part.length;
    }
    const firstFrame = this.#firstFrame;
    this.#rows = [];
    this.#firstFrame = this.#nextFrame;
    return { firstFrame, rows };
  }

  #collect(): void {
    const { memory, map, mapCount, peakCount } = this.#exports;
    this.#peaks.append(peakCount.value);
    if (mapCount.value === 0) return;
    this.#rows.push(new Uint8Array(memory.buffer, map.value, mapCount.value * format.BIN_COUNT).slice());
    this.#nextFrame += mapCount.value;
  }
}
