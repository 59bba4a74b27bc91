import { expose, wrap } from 'comlink';
import { expect, test } from 'vitest';
import { analyseBlocks, partsOf } from '../../src/engine/analyse-blocks.ts';
import type { Analysing } from '../../src/engine/api.ts';
import type { Pcm } from '../../src/types.ts';

const sampleRate = 8000;
/** Longer than a part. */
const LONG = 3 * sampleRate;

async function* blocksOf(...blocks: Float32Array[]): AsyncGenerator<Pcm> {
  for (const samples of blocks) yield { samples: samples as Pcm['samples'], sampleRate };
}

async function collected(...blocks: Float32Array[]): Promise<Float32Array[]> {
  const parts: Float32Array[] = [];
  for await (const { samples } of partsOf(blocksOf(...blocks))) parts.push(samples);
  return parts;
}

test('a block that is a part by itself is passed on as it is', async () => {
  const block = new Float32Array(LONG);
  expect((await collected(block))[0]).toBe(block);
});

test('a block that lies in a larger buffer is copied, since a part has a buffer of its own', async () => {
  const buffer = new Float32Array(2 * LONG).fill(0.5);
  const [part] = await collected(buffer.subarray(0, LONG));
  expect(part.buffer).not.toBe(buffer.buffer);
  expect(part).toEqual(buffer.subarray(0, LONG));
});

test('an engine behind a port takes the samples over, and gets no more than was asked for', async () => {
  const { port1, port2 } = new MessageChannel();
  const lengths: number[] = [];
  expose({ push: (samples: Float32Array) => void lengths.push(samples.length), finish: () => undefined }, port2);
  const blocks = [new Float32Array(LONG), new Float32Array(LONG)];
  const analysing = wrap(port1) as unknown as Analysing;
  await analyseBlocks(
    { analyse: async () => Object.assign(Object.create(null), { push: analysing.push, finish: analysing.finish }) },
    blocksOf(...blocks),
    { seconds: 4 },
  );
  expect(lengths).toEqual([LONG, sampleRate]);
  expect(blocks.map(({ byteLength }) => byteLength)).toEqual([0, 4 * LONG]);
  port1.close();
});

test.each([
  { least: undefined, limit: undefined, fault: undefined },
  { least: 6, limit: undefined, fault: undefined },
  { least: 7, limit: 4, fault: undefined },
  { least: 7, limit: undefined, fault: 'FileDamaged' },
])('six seconds of a file that has at least $least, heard up to $limit, end with the fault $fault', async (given) => {
  const faults: unknown[] = [];
  const analysing = { push: async () => {}, finish: async (fault?: { name: string }) => void faults.push(fault?.name) };
  await analyseBlocks(
    { analyse: async () => analysing as unknown as Analysing },
    blocksOf(new Float32Array(LONG), new Float32Array(LONG)),
    { leastSeconds: given.least, seconds: given.limit },
  );
  expect(faults).toEqual([given.fault]);
});
