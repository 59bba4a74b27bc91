import { expect, test } from 'vitest';
import { openStages } from '../support/kernel.ts';
import { noise } from '../support/music.ts';
import { plainSpectrum } from '../support/plain-kernel.ts';

const { spectrumOf } = openStages();
const sizes = [1024, 2048];

function tone(size: number, cycles: number): Float32Array {
  return Float32Array.from({ length: size }, (_, n) => Math.sin((2 * Math.PI * cycles * n) / size + 0.3));
}

function impulse(size: number, at: number): Float32Array {
  const samples = new Float32Array(size);
  samples[at] = 1;
  return samples;
}

const sounds: [string, (size: number) => Float32Array][] = [
  ['noise', (size) => noise(size)],
  ['a tone on a bin', (size) => tone(size, 100)],
  ['a tone between bins', (size) => tone(size, 77.37)],
  ['the highest tone', (size) => Float32Array.from({ length: size }, (_, n) => (n % 2 ? -1 : 1))],
  ['an impulse at the start', (size) => impulse(size, 0)],
  ['an impulse anywhere', (size) => impulse(size, 333)],
  ['a full-scale square wave', (size) => Float32Array.from({ length: size }, (_, n) => (n % 51 < 25 ? 1 : -1))],
  ['a constant', (size) => new Float32Array(size).fill(1)],
];

const cases = sounds.flatMap(([name, make]) => sizes.map((size) => [size, name, make] as const));

function decibelsBelow({ re, im }: { re: Float32Array; im: Float32Array }, samples: ArrayLike<number>): number {
  const exact = plainSpectrum(samples);
  let signal = 0;
  let error = 0;
  for (let k = 0; k < re.length; k++) {
    signal += exact.re[k] ** 2 + exact.im[k] ** 2;
    error += (exact.re[k] - re[k]) ** 2 + (exact.im[k] - im[k]) ** 2;
  }
  return error === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(signal / error);
}

test('the plain transform is the definition', () => {
  const samples = noise(64);
  const { re, im } = plainSpectrum(samples);
  for (const k of [0, 1, 17, 32]) {
    const angle = (n: number) => (2 * Math.PI * k * n) / 64;
    expect(re[k]).toBeCloseTo(
      samples.reduce((sum, x, n) => sum + x * Math.cos(angle(n)), 0),
      10,
    );
    expect(im[k]).toBeCloseTo(
      samples.reduce((sum, x, n) => sum - x * Math.sin(angle(n)), 0),
      10,
    );
  }
});

test.each(cases)('%i samples of %s are transformed with an error 130 dB below', (size, _name, make) => {
  const samples = make(size);
  expect(decibelsBelow(spectrumOf(samples), samples)).toBeGreaterThan(130);
});

test.each(sizes)("%i samples under Hann's window are transformed with an error 130 dB below", (size) => {
  const samples = noise(size);
  const windowed = Float64Array.from(samples, (x, n) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size)));
  expect(decibelsBelow(spectrumOf(samples, true), windowed)).toBeGreaterThan(130);
});
