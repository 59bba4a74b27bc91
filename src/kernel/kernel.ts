/**
 * In: sound. Out: peaks. Frame k covers the samples 256 k .. 256 k + 2047 of the sound at KERNEL_RATE, later by the shift of the
 * analysis; its time is their middle. Synchronous once the module is compiled.
 *
 * A sound may be analysed several times, shifted by fractions of a hop. It is resampled only once: the first instance resamples and
 * passes its samples to the others.
 *
 *     push --> resample --+--> analyse at shift 0  --> peaks, map
 *                         +--> analyse at shift 64 --> peaks
 *                         +--> ...
 */
import type { Pcm, Peaks } from '../types.ts';
import { FASTEST_RATE, HOP_SAMPLES, SLOWEST_RATE } from './format.ts';
import { KernelInstance } from './instance.ts';

const HIGHEST_RANK = 255;

export interface KernelOptions {
  /** Rate of the pushed samples in Hz: SLOWEST_RATE to FASTEST_RATE, not necessarily an integer. */
  sampleRate: number;
  /** Peaks of this rank or more are dropped: PRINT_RANK for prints, more for queries. */
  maxRank: number;
  /** Start of each analysis's first frame, in samples at KERNEL_RATE, less than a hop. Default: one analysis, at 0. */
  shifts?: readonly number[];
  /** Whether the first analysis also makes the prominence map. */
  map?: boolean;
}

/** A response with type application/wasm is compiled while it is being downloaded. */
export function compileKernel(source: Response | BufferSource): Promise<WebAssembly.Module> {
  if (!(source instanceof Response)) return WebAssembly.compile(source);
  const type = source.headers.get('Content-Type');
  if (type === 'application/wasm') return WebAssembly.compileStreaming(source);
  return source.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
}

/** Analyses one sound, which is pushed block by block. */
export class KernelStream {
  readonly #options: Required<KernelOptions>;
  /** One instance per analysis; the first also resamples. */
  readonly #instances: KernelInstance[];

  constructor(module: WebAssembly.Module, { sampleRate, maxRank, shifts = [0], map = false }: KernelOptions) {
    if (!(sampleRate >= SLOWEST_RATE && sampleRate <= FASTEST_RATE))
      throw new RangeError(`sampleRate must be ${SLOWEST_RATE} to ${FASTEST_RATE} Hz, got ${sampleRate}`);
    if (!(Number.isInteger(maxRank) && maxRank > 0 && maxRank <= HIGHEST_RANK))
      throw new RangeError(`maxRank must be 1 to ${HIGHEST_RANK}, got ${maxRank}`);
    if (shifts.length === 0 || !shifts.every((shift) => Number.isInteger(shift) && shift >= 0 && shift < HOP_SAMPLES))
      throw new RangeError(`shifts must be one or more of 0 to ${HOP_SAMPLES - 1}, got ${shifts.join(', ') || 'none'}`);
    this.#options = { sampleRate, maxRank, shifts, map };
    this.#instances = shifts.map(() => new KernelInstance(module));
    this.reset();
  }

  /** Starts over; drops results that were not taken. */
  reset(): void {
    const { sampleRate, maxRank, shifts, map } = this.#options;
    this.#instances[0].startResampler(sampleRate);
    for (const [i, instance] of this.#instances.entries()) instance.startAnalysis(maxRank, shifts[i], map && i === 0);
  }

  /** Takes mono samples, full scale 1, in blocks of any size. The block size does not affect the result. */
  push(samples: Float32Array): void {
    const [first] = this.#instances;
    for (let start = 0; start < samples.length; start += first.inputCapacity) {
      const block = samples.subarray(start, start + first.inputCapacity);
      first.samples.set(block);
      this.#analyse(first.resample(block.length));
    }
  }

  /** Call at the end of the sound: everything becomes final. Afterwards only `take...` and `reset` may be called. */
  finish(): void {
    this.#analyse(this.#instances[0].endResampler());
    for (const instance of this.#instances) instance.endAnalysis();
  }

  /** The peaks of one analysis that have become final since the last call. */
  takePeaks(analysis = 0): Peaks {
    return this.#instances[analysis].takePeaks();
  }

  /** The rows of the prominence map made since the last call, BIN_COUNT bytes per frame. */
  takeRows(): { firstFrame: number; rows: Uint8Array } {
    return this.#instances[0].takeRows();
  }

  /** Analyses the first `length` samples in the first instance with all instances. */
  #analyse(length: number): void {
    const [first, ...others] = this.#instances;
    const block = first.samples.subarray(0, length);
    for (const other of others) other.samples.set(block);
    for (const instance of this.#instances) instance.analyse(length);
  }
}

/** The peaks of a whole sound. */
export function peaksOf(module: WebAssembly.Module, pcm: Pcm, options: Omit<KernelOptions, 'sampleRate'>): Peaks {
  const stream = new KernelStream(module, { ...options, sampleRate: pcm.sampleRate });
  stream.push(pcm.samples);
  stream.finish();
  return stream.takePeaks();
}
