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

/** The share of the peaks of `some` (moved by `frames`) that are peaks of `all`, give or take `slack` frames and bins. */
export function shareFound(
  some: Peaks,
  all: Peaks,
  frames = 0,
  inner: (frame: number) => boolean = () => true,
  slack = 0,
): number {
  const known = new Set<number>();
  for (let i = 0; i < all.count; i++)
    for (let f = -slack; f <= slack; f++)
      for (let b = -slack; b <= slack; b++) known.add((all.frames[i] + f) * 4096 + all.bins[i] + b);
  const asked = Array.from(some.frames, (frame, i) => ({ frame, bin: some.bins[i] })).filter(({ frame }) =>
    inner(frame),
  );
  const found = asked.filter(({ frame, bin }) => known.has((frame + frames) * 4096 + bin));
  return asked.length ? found.length / asked.length : 0;
}
