import { expect, test } from 'vitest';
import { Downmix } from '../../src/audio/downmix.ts';
import { random } from '../support/random.ts';

const LENGTH = 50_000;

function noise(seed: number, level = 0.5): Float32Array {
  const draw = random(seed);
  return Float32Array.from({ length: LENGTH }, () => level * (2 * draw() - 1));
}

function mixed(channels: Float32Array[], size = LENGTH): Float32Array {
  const downmix = new Downmix(channels.length);
  const parts: Float32Array[] = [];
  for (let start = 0; start < LENGTH; start += size) {
    const cut = channels.map((channel) => channel.subarray(start, start + size));
    parts.push(...downmix.push(cut, cut[0].length));
  }
  parts.push(...downmix.finish());
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
const scaled = (samples: Float32Array, by: number) => samples.map((sample) => sample * by);

test('one channel stays as it is', () => {
  expect(mixed([noise(1)])).toEqual(noise(1));
});

test('channels are averaged', () => {
  const [left, right] = [noise(1), noise(2)];
  const mean = mixed([left, right]);
  expect(mean.every((sample, i) => Math.abs(sample - (left[i] + right[i]) / 2) < 1e-7)).toBe(true);
});

test('a song on the middle of six channels is not taken for cancelled', () => {
  const silence = new Float32Array(LENGTH);
  const noise1 = noise(1);
  const mono = mixed([silence, silence, noise1, silence, silence, silence]);
  expect(mono.every((sample, i) => Math.abs(6 * sample - noise1[i]) < 1e-6)).toBe(true);
});

test.each([1, 0.8])('of channels that cancel (one is %d of the other, upside down) the loudest is taken', (part) => {
  const left = noise(1);
  const mono = mixed([scaled(left, -part), left]);
  expect(power(mono)).toBeGreaterThan(0.98 * power(left));
});

test('channels that cancel only for a while are averaged again afterwards, without a leap', () => {
  const left = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(i / 50));
  const right = left.map((sample, i) => (i < 16_384 ? -sample : sample));
  const mono = mixed([left, right]);
  expect(power(mono)).toBeGreaterThan(0.9 * power(left));
  const largestStep = mono.slice(1).reduce((most, sample, i) => Math.max(most, Math.abs(sample - mono[i])), 0);
  expect(largestStep).toBeLessThan(0.05);
});

test.each([1, 63, 4096, 8192, 8193, 20_000])('blocks of %i frames give the same', (size) => {
  const channels = [noise(1), scaled(noise(1), -0.9), noise(3, 0.001)];
  expect(mixed(channels, size)).toEqual(mixed(channels));
});

test('silence stays silence', () => {
  expect(power(mixed([new Float32Array(LENGTH), new Float32Array(LENGTH)]))).toBe(0);
});
