import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel, KernelStream } from '../../src/kernel/kernel.ts';
import { music } from '../support/music.ts';
import { type Measured, measured, rounded } from './table.ts';

/** Shortest of `batches` runs, milliseconds. */
function shortest(batches: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < batches; batch++) {
    const before = performance.now();
    run();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}

export async function run(): Promise<Measured> {
  const bytes = kernelBytes();
  const module = await compileKernel(bytes);
  const rows = [11025, 44100, 48000].map((sampleRate) => {
    const seconds = 30;
    const { samples } = music(seconds, sampleRate);
    const stream = new KernelStream(module, { sampleRate, maxRank: 20 });
    const ms = shortest(8, () => {
      stream.reset();
      stream.push(samples);
      stream.finish();
    });
    return { what: `sound at ${sampleRate} Hz to peaks`, value: rounded((seconds * 1000) / ms), unit: 'x real' };
  });
  return measured({
    title: 'The kernel',
    rows: [...rows, { what: 'size of kernel.wasm', value: bytes.length, unit: 'bytes' }],
  });
}
