/** The kernel's stages, one by one: see `assembly/stages.ts`. */
import { BIN_COUNT, WINDOW_SAMPLES } from '../../src/kernel/format.ts';

type Numbers =
  | 'IMAGINARY'
  | 'ROW_BINS'
  | 'INPUT_CAPACITY'
  | 'SAMPLE_CAPACITY'
  | 'samples'
  | 'frame'
  | 'spectrum'
  | 'row'
  | 'maxima'
  | 'map';

type Exports = Record<Numbers, WebAssembly.Global<'i32'>> & {
  memory: WebAssembly.Memory;
  start(): void;
  prepareTransform(size: number, hann: boolean): void;
  transformFrame(size: number): void;
  startResampler(inputRate: number): void;
  resample(length: number): number;
  endResampler(): number;
  makeRow(): number;
  makeMaxima(): void;
  makeMap(): void;
  prominenceOf(bin: number): number;
  startPeaks(maxRank: number): void;
  clearPeaks(): void;
  nextRow(): number;
  addRow(floor: number): void;
};

export type Stages = ReturnType<typeof startStages>;

export function startStages(module: WebAssembly.Module) {
  const stages = new WebAssembly.Instance(module).exports as unknown as Exports;
  stages.start();
  const { buffer } = stages.memory;
  const rowBins = stages.ROW_BINS.value;
  const inputCapacity = stages.INPUT_CAPACITY.value;
  const samples = new Float32Array(buffer, stages.samples.value, stages.SAMPLE_CAPACITY.value);
  const frame = new Float32Array(buffer, stages.frame.value, WINDOW_SAMPLES);

  return {
    stages,
    inputCapacity,
    samples,
    frame,
    row: new Int16Array(buffer, stages.row.value, rowBins),
    maxima: new Int16Array(buffer, stages.maxima.value, rowBins),
    map: new Uint8Array(buffer, stages.map.value, BIN_COUNT),

    /** Real and imaginary parts of the bins 0 .. size / 2 of samples of that size. */
    spectrumOf(sound: Float32Array, hann = false): { re: Float32Array; im: Float32Array } {
      const size = sound.length;
      frame.set(sound);
      stages.prepareTransform(size, hann);
      stages.transformFrame(size);
      const at = stages.spectrum.value;
      return {
        re: new Float32Array(buffer, at, size / 2 + 1).slice(),
        im: new Float32Array(buffer, at + stages.IMAGINARY.value, size / 2 + 1).slice(),
      };
    },

    /** The sound at the kernel's rate. */
    resampled(sound: Float32Array, rate: number): Float32Array {
      const parts: Float32Array[] = [];
      stages.startResampler(rate);
      for (let start = 0; start < sound.length; start += inputCapacity) {
        const block = sound.subarray(start, start + inputCapacity);
        samples.set(block);
        parts.push(samples.slice(0, stages.resample(block.length)));
      }
      parts.push(samples.slice(0, stages.endResampler()));
      const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
      let filled = 0;
      for (const part of parts) {
        all.set(part, filled);
        filled += part.length;
      }
      return all;
    },
  };
}
