import { beforeAll, expect, test, vi } from 'vitest';
import type { RecorderOptions } from '../../../src/audio/capture/recorder.worklet.ts';

interface Recorder {
  port: { onmessage(event: { data: unknown }): void };
  process(inputs: Float32Array[][]): boolean;
}

let create: new (node: { processorOptions: RecorderOptions }) => Recorder;

beforeAll(async () => {
  vi.stubGlobal(
    'AudioWorkletProcessor',
    class {
      port = {};
    },
  );
  vi.stubGlobal('registerProcessor', (_: string, recorder: typeof create) => {
    create = recorder;
  });
  await import('../../../src/audio/capture/recorder.worklet.ts');
});

/** What is posted of these calls of 128 samples each, all of one value. */
function recorded(values: number[], skipsGaps: boolean): number[] {
  const posted: number[] = [];
  const recorder = new create({ processorOptions: { skipsGaps } });
  recorder.port.onmessage({ data: { postMessage: (block: Float32Array) => posted.push(...block) } });
  for (const value of values) recorder.process([[new Float32Array(128).fill(value)]]);
  return posted.filter((_, i) => i % 128 === 0);
}

const zeros = (count: number) => new Array<number>(count).fill(0);
const sound = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('blocks hold the samples in their order', () => {
  expect(recorded(sound(40), false)).toEqual(sound(32)); // the rest waits for its block to be full
});

test('zeros stay where they are, unless gaps are left out', () => {
  const withGap = [...sound(10), ...zeros(6), ...sound(16)];
  expect(recorded(withGap, false)).toEqual(withGap);
  expect(recorded([...withGap, ...sound(6)], true)).toEqual([...sound(10), ...sound(16), ...sound(6)]);
});

test('of long silence only the first half second is left out', () => {
  expect(recorded([...sound(16), ...zeros(172 + 16)], true)).toEqual([...sound(16), ...zeros(16)]);
});
