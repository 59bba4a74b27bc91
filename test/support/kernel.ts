import { readFileSync } from 'node:fs';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel, type KernelOptions, KernelStream } from '../../src/kernel/kernel.ts';
import type { Pcm, Peaks } from '../../src/types.ts';
import { startStages } from './stages.ts';

export const kernelModule = await compileKernel(kernelBytes());

const stagesFile = new URL('../kernel/stages.wasm', import.meta.url);
export const stagesModule = new WebAssembly.Module(readFileSync(stagesFile));
export const openStages = () => startStages(stagesModule);

/** The peaks of a sound that arrives in blocks of `blockSize`. */
export function peaksInBlocks(pcm: Pcm, blockSize: number, options: Partial<KernelOptions> = {}): Peaks {
  const stream = new KernelStream(kernelModule, { sampleRate: pcm.sampleRate, maxRank: 20, ...options });
  for (let start = 0; start < pcm.samples.length; start += blockSize)
    stream.push(pcm.samples.subarray(start, start + blockSize));
  stream.finish();
  return stream.takePeaks();
}

/** The share of the peaks of `some` (moved by `frames`) that are peaks of `all`: same frame, same bin. */
export function shareFound(
  some: Peaks,
  all: Peaks,
  frames = 0,
  inner: (frame: number) => boolean = () => true,
): number {
  const known = new Set(Array.from(all.frames, (frame, i) => frame * 4096 + all.bins[i]));
  let asked = 0;
  let found = 0;
  for (let i = 0; i < some.count; i++) {
    if (!inner(some.frames[i])) continue;
    asked++;
    if (known.has((some.frames[i] + frames) * 4096 + some.bins[i])) found++;
  }
  return asked ? found / asked : 0;
}
