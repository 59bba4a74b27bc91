/** The kernel by itself, in a worker: what it makes of a sound, how fast it is, and how decoding compares. */
import { expose } from 'comlink';
import { ALL_FORMATS, AudioSampleSink, BlobSource, Input } from 'mediabunny';
import { PRINT_RANK } from '../../src/kernel/format.ts';
import { compileKernel, KernelStream } from '../../src/kernel/kernel.ts';
import { kernelUrl } from '../../src/kernel/url.ts';
import { timings } from '../bench/kernel-timings.ts';
import stagesUrl from '../kernel/stages.wasm?url';
import { peaksText } from '../support/peaks-text.ts';

const kernel = fetch(kernelUrl).then(compileKernel);

/** Least times of three rounds: decoding the file, and hearing the blocks that came of it. */
async function decodeAndHear(file: Blob): Promise<{ seconds: number; decodeMs: number; kernelMs: number }> {
  const best = { seconds: 0, decodeMs: Number.POSITIVE_INFINITY, kernelMs: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw new Error('the file has no sound');
    const blocks: Float32Array[] = [];
    let sampleRate = 0;
    let copying = 0;
    for await (const sample of new AudioSampleSink(track).samples()) {
      const copied = performance.now();
      sampleRate = sample.sampleRate;
      const block = new Float32Array(sample.numberOfFrames);
      sample.copyTo(block, { planeIndex: 0, format: 'f32-planar' });
      blocks.push(block);
      sample.close();
      copying += performance.now() - copied;
    }
    input.dispose();
    best.decodeMs = Math.min(best.decodeMs, performance.now() - started - copying);
    best.seconds = blocks.reduce((sum, block) => sum + block.length, 0) / sampleRate;
    const heard = performance.now();
    const stream = new KernelStream(await kernel, { sampleRate, maxRank: PRINT_RANK });
    for (const block of blocks) stream.push(block);
    stream.finish();
    stream.takePeaks();
    best.kernelMs = Math.min(best.kernelMs, performance.now() - heard);
  }
  return best;
}

export const kernelBench = {
  decodeAndHear,
  peaks: async (base64: string, sampleRate: number) => peaksText(await kernel, base64, sampleRate),
  timings: async () => timings(await kernel, await fetch(stagesUrl).then(compileKernel)),
};
expose(kernelBench);
