import { expect, test } from 'vitest';
import { HOP_SAMPLES } from '../../src/kernel/format.ts';
import { peaksOf } from '../../src/kernel/kernel.ts';
import type { Pcm } from '../../src/types.ts';
import { louder, shelved } from '../support/changes.ts';
import { kernelModule, shareFound } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';

const SECONDS = 20;
const peaks = (sound: Pcm, maxRank = 20) => peaksOf(kernelModule, sound, { maxRank });
const at = (samples: Float32Array, sampleRate = 11025): Pcm => ({ samples, sampleRate });
const song = music(SECONDS);
const songPeaks = peaks(song);

test.each([-40, -20, -9.5, 40])('at %f dB, 98 of 100 peaks are the same', (decibels) => {
  expect(shareFound(songPeaks, peaks(louder(song, decibels)))).toBeGreaterThan(0.98);
});

test.each([
  [500, 6],
  [1000, -6],
  [2000, 9],
])('with all above %i Hz turned up by %i dB, 95 of 100 peaks are the same', (hertz, decibels) => {
  expect(shareFound(songPeaks, peaks(shelved(song, hertz, decibels)))).toBeGreaterThan(0.95);
});

const usual = peaks(music(10, 44100));

test.each([22050, 32000, 48000, 96000])('at %i Hz, 97 of 100 peaks are those at 44,100 Hz', (sampleRate) => {
  expect(shareFound(usual, peaks(music(10, sampleRate)))).toBeGreaterThan(0.97);
});

test('a clip that begins on a hop has the peaks of the song, except at its ends', () => {
  const start = 203;
  const clip = at(song.samples.subarray(start * HOP_SAMPLES, (start + 400) * HOP_SAMPLES));
  const isInner = (frame: number) => frame > 27 && frame < 393 - 27;
  expect(shareFound(peaks(clip), songPeaks, start, isInner)).toBe(1);
});

test('a clip that begins anywhere has more than half of them, to the very frame and bin', () => {
  const shares = [17, 90, 128, 170, 211].map((samples) => {
    const clip = at(song.samples.subarray(100 * HOP_SAMPLES + samples));
    const isInner = (frame: number) => frame > 27 && frame < 700;
    return shareFound(peaks(clip), songPeaks, 100 + Math.round(samples / HOP_SAMPLES), isInner);
  });
  expect(Math.min(...shares)).toBeGreaterThan(0.4);
  expect(shares.reduce((sum, share) => sum + share) / shares.length).toBeGreaterThan(0.55);
});

test.each([
  ['nothing', new Float32Array(0)],
  ['a single sample', Float32Array.of(1)],
  ['one sample less than a window', noise(2047)],
  ['silence', new Float32Array(30000)],
  ['a constant', new Float32Array(30000).fill(0.8)],
  ['what is not a number', new Float32Array(30000).fill(Number.NaN)],
  ['infinities', new Float32Array(30000).map((_, i) => (i % 2 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY))],
])('%s has no peaks, at any rate', (_name, samples) => {
  for (const rate of [11025, 22050, 44100, 48000, 8000.5]) {
    const enough = rate < 11025 ? samples.subarray(0, 1400) : samples;
    expect(peaks(at(enough, rate)).count).toBe(0);
  }
});

test('what is not a number counts as silence, sample by sample', () => {
  const holes = (filler: number) => at(song.samples.map((x, i) => (i % 1000 < 50 ? filler : x)));
  const silent = peaks(holes(0));
  for (const filler of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e20])
    expect(peaks(holes(filler))).toEqual(silent);
});

test('a window of noise has peaks, as many as are asked for', () => {
  const sound = at(noise(11025 * 4, 1));
  const counts = [5, 10, 20, 40].map((maxRank) => peaks(sound, maxRank).count);
  expect(counts[0]).toBeGreaterThan(10);
  for (let i = 1; i < counts.length; i++) expect(counts[i]).toBeGreaterThan(1.5 * counts[i - 1]);
});

test('clipped noise has peaks like any other', () => {
  const sound = at(noise(11025 * 2, 20).map((x) => Math.max(-1, Math.min(1, x))));
  const { count } = peaks(sound);
  expect(count).toBeGreaterThan(20);
  expect(count).toBeLessThan(60);
});

test('the inverse sound has the same peaks, and sound against its inverse has none', () => {
  const inverse = song.samples.map((x) => -x);
  expect(peaks(at(inverse))).toEqual(songPeaks);
  expect(peaks(at(song.samples.map((x, i) => x + inverse[i]))).count).toBe(0);
});

test('peaks of lower rank are among those of higher rank', () => {
  expect(shareFound(peaks(song, 5), songPeaks)).toBe(1);
  expect(shareFound(songPeaks, peaks(song, 64))).toBe(1);
});
