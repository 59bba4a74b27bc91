import { expect, test } from 'vitest';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel, KernelStream } from '../../src/kernel/kernel.ts';
import { kernelModule } from '../support/kernel.ts';

const good = { sampleRate: 44100, maxRank: 20 };

test.each([
  [{ ...good, sampleRate: 7999 }, /sampleRate .* got 7999/],
  [{ ...good, sampleRate: Number.NaN }, /sampleRate .* got NaN/],
  [{ ...good, sampleRate: 192001 }, /sampleRate .* got 192001/],
  [{ ...good, maxRank: 0 }, /maxRank .* got 0/],
  [{ ...good, maxRank: 2.5 }, /maxRank .* got 2.5/],
  [{ ...good, shifts: [0, 256] }, /shifts .* got 0, 256/],
  [{ ...good, shifts: [-1] }, /shifts .* got -1/],
  [{ ...good, shifts: [] }, /shifts .* got none/],
])('%o is refused by the name of the culprit', (options, message) => {
  expect(() => new KernelStream(kernelModule, options)).toThrow(RangeError);
  expect(() => new KernelStream(kernelModule, options)).toThrow(message);
});

test('the kernel is compiled from bytes, from a response of its type and from one of another', async () => {
  const bytes = kernelBytes();
  for (const type of ['application/wasm', 'application/octet-stream']) {
    const response = new Response(bytes, { headers: { 'Content-Type': type } });
    expect(WebAssembly.Module.exports(await compileKernel(response))).toEqual(WebAssembly.Module.exports(kernelModule));
  }
});

test('the kernel is small, asks nothing of its host and never grows', () => {
  expect(kernelBytes().length).toBeLessThan(24_000);
  expect(WebAssembly.Module.imports(kernelModule)).toEqual([]);
  const { memory } = new WebAssembly.Instance(kernelModule).exports as { memory: WebAssembly.Memory };
  const { byteLength } = memory.buffer;
  expect(byteLength).toBeLessThan(600_000);
  expect(() => memory.grow(1)).toThrow(RangeError);
});
