/**
 * The host's side of the kernel: feeds it and takes peaks out. Frame k covers the samples 256 k .. 256 k + 2047 of the
 * sound at the kernel's rate (and `shiftSamples` later); its time is their middle. Synchronous once compiled.
 */
import type { Pcm, Peaks } from '../types.ts';
import { PeakList } from './peak-list.ts';

/** Of `assembly/params.ts`, as numbers to compute with; the constructor makes sure that the module agrees. */
export const KERNEL_FORMAT = 1;
export const KERNEL_RATE = 11025;
export const HOP_SAMPLES = 256;
export const WINDOW_SAMPLES = 2048;
export const FIRST_BIN = 36;
export const BIN_COUNT = 805;
/** A print keeps the peaks whose rank is lower. */
export const PRINT_RANK = 30;
export const FRAMES_PER_SECOND = KERNEL_RATE / HOP_SAMPLES;
/** Byte of the prominence map that says "as strong as its neighbours". */
export const MAP_ZERO = 48;
/** Steps of the prominence map to a neper of power. */
export const MAP_STEP = 12;

const SLOWEST_RATE = 8_000;
const FASTEST_RATE = 192_000;
const HIGHEST_RANK = 255;

const constants = {
  FORMAT: KERNEL_FORMAT,
  RATE: KERNEL_RATE,
  HOP: HOP_SAMPLES,
  WINDOW: WINDOW_SAMPLES,
  FIRST_BIN,
  BIN_COUNT,
  PRINT_RANK,
  MAP_ZERO,
  MAP_STEP,
};

type Constant = keyof typeof constants | 'INPUT_CAPACITY';
type Address = 'input' | 'map' | `peak${'Frames' | 'Bins' | 'Levels' | 'Ranks' | 'FrameFractions' | 'BinFractions'}`;

/** What the module exports: see `assembly/index.ts`. */
type Kernel = Record<Constant | Address | 'peakCount' | 'mapCount', WebAssembly.Global<'i32'>> & {
  memory: WebAssembly.Memory;
  start(): void;
  begin(inputRate: number, maxRank: number, shift: number, mapped: boolean): void;
  push(length: number): void;
  finish(): void;
};

export interface KernelOptions {
  /** Of the samples that will be pushed, 8,000 to 192,000 Hz, whole or not. */
  sampleRate: number;
  /** Peaks are kept that have fewer than this many stronger ones near: PRINT_RANK for prints, more for queries. */
  maxRank: number;
  /** The first frame begins so many samples (of the kernel's rate, less than a hop) into the sound. */
  shiftSamples?: number;
  /** Hand out the prominence map as well. */
  map?: boolean;
}

/** Compiles while it is still arriving when given a response of the right type. */
export function compileKernel(source: Response | BufferSource): Promise<WebAssembly.Module> {
  if (!(source instanceof Response)) return WebAssembly.compile(source);
  const type = source.headers.get('Content-Type');
  if (type === 'application/wasm') return WebAssembly.compileStreaming(source);
  return source.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
}

/** One stream of sound. */
export class KernelStream {
  readonly #kernel: Kernel;
  readonly #options: KernelOptions;
  readonly #input: Float32Array;
  readonly #peaks: PeakList;
  #rows: Uint8Array[] = [];
  #firstFrame = 0;
  #nextFrame = 0;

  constructor(module: WebAssembly.Module, options: KernelOptions) {
    const { sampleRate, maxRank, shiftSamples = 0 } = options;
    if (!(sampleRate >= SLOWEST_RATE && sampleRate <= FASTEST_RATE))
      throw new RangeError(`sampleRate must be ${SLOWEST_RATE} to ${FASTEST_RATE} Hz, got ${sampleRate}`);
    if (!(Number.isInteger(maxRank) && maxRank > 0 && maxRank <= HIGHEST_RANK))
      throw new RangeError(`maxRank must be 1 to ${HIGHEST_RANK}, got ${maxRank}`);
    if (!(Number.isInteger(shiftSamples) && shiftSamples >= 0 && shiftSamples < HOP_SAMPLES))
      throw new RangeError(`shiftSamples must be 0 to ${HOP_SAMPLES - 1}, got ${shiftSamples}`);
    const kernel = new WebAssembly.Instance(module).exports as unknown as Kernel;
    for (const [name, value] of Object.entries(constants)) {
      const own = kernel[name as Constant].value;
      if (own !== value) throw new Error(`the kernel was built with ${name} ${own}, the app with ${value}`);
    }
    kernel.start();
    const { buffer } = kernel.memory;
    this.#kernel = kernel;
    this.#options = options;
    this.#input = new Float32Array(buffer, kernel.input.value, kernel.INPUT_CAPACITY.value);
    this.#peaks = new PeakList(buffer, {
      frames: kernel.peakFrames.value,
      bins: kernel.peakBins.value,
      levels: kernel.peakLevels.value,
      ranks: kernel.peakRanks.value,
      frameFractions: kernel.peakFrameFractions.value,
      binFractions: kernel.peakBinFractions.value,
    });
    this.reset();
  }

  /** The same stream from its beginning; what was not taken is gone. */
  reset(): void {
    const { sampleRate, maxRank, shiftSamples = 0, map = false } = this.#options;
    this.#kernel.begin(sampleRate, maxRank, shiftSamples, map);
    this.#peaks.take();
    this.#rows = [];
    this.#firstFrame = this.#nextFrame = 0;
  }

  /** Mono samples, full scale 1, in blocks of any size: however the sound is cut, the same peaks come out. */
  push(samples: Float32Array): void {
    for (let start = 0; start < samples.length; start += this.#input.length) {
      const block = samples.subarray(start, start + this.#input.length);
      this.#input.set(block);
      this.#kernel.push(block.length);
      this.#collect();
    }
  }

  /** The end of the sound: gives what was waiting for more. Afterwards only `take...` and `reset` make sense. */
  finish(): void {
    this.#kernel.finish();
    this.#collect();
  }

  /** The peaks that became final since the last time. */
  takePeaks(): Peaks {
    return this.#peaks.take();
  }

  /** The rows of the prominence map (BIN_COUNT bytes a frame) that were finished since the last time. */
  takeRows(): { firstFrame: number; rows: Uint8Array } {
    const rows = new Uint8Array((this.#nextFrame - this.#firstFrame) * BIN_COUNT);
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
    const { memory, map, mapCount, peakCount } = this.#kernel;
    this.#peaks.append(peakCount.value);
    if (mapCount.value === 0) return;
    this.#rows.push(new Uint8Array(memory.buffer, map.value, mapCount.value * BIN_COUNT).slice());
    this.#nextFrame += mapCount.value;
  }
}

/** The peaks of a whole sound. */
export function peaksOf(module: WebAssembly.Module, pcm: Pcm, options: Omit<KernelOptions, 'sampleRate'>): Peaks {
  const stream = new KernelStream(module, { ...options, sampleRate: pcm.sampleRate });
  stream.push(pcm.samples);
  stream.finish();
  return stream.takePeaks();
}
