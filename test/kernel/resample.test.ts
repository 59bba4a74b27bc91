import FFT from 'fft.js';
import { expect, test } from 'vitest';
import { openStages } from '../support/kernel.ts';

const RATE = 11025;
/** Highest frequency that the kernel reads. */
const TOP = 4522;
const SIZE = 4096;
const { resampled } = openStages();
const fft = new FFT(SIZE);

function tone(rate: number, hertz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.ceil(rate * seconds) }, (_, n) => Math.cos((2 * Math.PI * hertz * n) / rate));
}

/** Blackman and Harris's window of four terms, whose skirts lie 92 dB down. */
function skirtless(n: number): number {
  const angle = (2 * Math.PI * n) / SIZE;
  return 0.35875 - 0.48829 * Math.cos(angle) + 0.14128 * Math.cos(2 * angle) - 0.01168 * Math.cos(3 * angle);
}

/** Amplitude by frequency of what stands in the middle of the resampled tone. */
function amplitudes(hertz: number, rate: number): number[] {
  const sound = resampled(tone(rate, hertz, 0.55), rate);
  const middle = Array.from(sound.subarray(900, 900 + SIZE), (x, n) => x * skirtless(n));
  const out = fft.createComplexArray();
  fft.realTransform(out, middle);
  return Array.from({ length: SIZE / 2 }, (_, k) => Math.hypot(out[2 * k], out[2 * k + 1]) / (0.35875 * (SIZE / 2)));
}

const decibels = (amplitude: number) => 20 * Math.log10(amplitude);
const binOf = (hertz: number) => Math.round((hertz * SIZE) / RATE);
const onBin = (hertz: number) => (binOf(hertz) * RATE) / SIZE;

const rates = [8000, 16000, 22050, 24000, 32000, 44056, 44100, 47999.5, 48000, 64000, 88200, 96000, 192000];

test.each(rates)('from %i Hz, tones up to 4.5 kHz pass within 0.01 dB and leave no image above -75 dB', (rate) => {
  const highest = Math.min(4500, 0.45 * rate);
  for (let hertz = 100; hertz <= highest; hertz += 400) {
    const exact = onBin(hertz);
    const found = amplitudes(exact, rate);
    expect(Math.abs(decibels(found[binOf(exact)]))).toBeLessThan(0.01);
    const others = found.filter((_, k) => Math.abs(k - binOf(exact)) > 4 && k <= binOf(TOP));
    expect(decibels(Math.max(...others))).toBeLessThan(-75);
  }
});

test.each(rates.filter((rate) => rate > 13000))(
  'from %i Hz, what lies above 6.5 kHz comes back 75 dB down where peaks are sought',
  (rate) => {
    const step = (rate / 2 - 6503) / 12;
    for (let hertz = RATE - TOP; hertz < rate / 2; hertz += step) {
      const found = amplitudes(hertz, rate).slice(0, binOf(TOP) + 1);
      expect(decibels(Math.max(...found))).toBeLessThan(-75);
    }
  },
);

test.each(rates)('from %i Hz, sample n is the sound at n / 11025 seconds', (rate) => {
  const hertz = 997;
  const sound = resampled(tone(rate, hertz, 0.5), rate);
  expect(Math.abs(sound.length - RATE / 2)).toBeLessThanOrEqual(1);
  for (const n of [400, 1234, 5000]) expect(sound[n]).toBeCloseTo(Math.cos((2 * Math.PI * hertz * n) / RATE), 3);
});

test.each(rates)('from %i Hz, a constant stays constant from first to last', (rate) => {
  const sound = resampled(new Float32Array(rate / 10).fill(0.7), rate);
  expect(Math.max(...sound.map((x) => Math.abs(x - 0.7)))).toBeLessThan(1e-6);
});

test("the kernel's own rate passes untouched, but for what is no sound", () => {
  const sound = Float32Array.of(0.1, Number.NaN, -1, Number.POSITIVE_INFINITY, 0.25, -1e30, 7);
  expect(Array.from(resampled(sound, RATE))).toEqual(Array.from(Float32Array.of(0.1, 0, -1, 0, 0.25, 0, 7)));
});
