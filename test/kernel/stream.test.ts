import { expect, test } from 'vitest';
import { BIN_COUNT, FRAMES_PER_SECOND, HOP_SAMPLES } from '../../src/kernel/format.ts';
import { KernelStream, peaksOf } from '../../src/kernel/kernel.ts';
import { kernelModule, peaksInBlocks, shareFound } from '../support/kernel.ts';
import { music } from '../support/music.ts';

const song = music(8, 44100);
const options = { maxRank: 20 };

test('a song yields about twenty peaks a second', () => {
  const perSecond = peaksOf(kernelModule, song, options).count / 8;
  expect(perSecond).toBeGreaterThan(14);
  expect(perSecond).toBeLessThan(24);
});

test.each([1, 63, 64, 4095, 9000])('blocks of %i samples give the same peaks', (size) => {
  expect(peaksInBlocks(song, size)).toEqual(peaksOf(kernelModule, song, options));
});

const SHIFTS = [0, 64, 128, 192];

/** Peaks of every analysis and the map, of one stream that resamples once. */
function analysesOf(samples: Float32Array, sampleRate: number, size: number) {
  const stream = new KernelStream(kernelModule, { ...options, sampleRate, shifts: SHIFTS, map: true });
  for (let start = 0; start < samples.length; start += size) stream.push(samples.subarray(start, start + size));
  stream.finish();
  return { peaks: SHIFTS.map((_, i) => stream.takePeaks(i)), rows: stream.takeRows() };
}

test.each([8000, 8000.5, 11025, 22050, 44100, 47999.5, 192000])(
  'at %f Hz, four analyses of one resampled sound are those of four sounds resampled apart, for any block size',
  (sampleRate) => {
    const { samples } = song;
    const sound = { samples: samples.subarray(0, 2 * Math.round(sampleRate)), sampleRate };
    const apart = SHIFTS.map((shift) => peaksOf(kernelModule, sound, { ...options, shifts: [shift] }));
    const [{ rows }, ...others] = [sound.samples.length, 1000, 9001].map((size) => {
      const found = analysesOf(sound.samples, sampleRate, size);
      expect(found.peaks).toEqual(apart);
      return found;
    });
    expect(rows.rows.length).toBeGreaterThan(BIN_COUNT);
    for (const other of others) expect(Buffer.compare(other.rows.rows, rows.rows)).toBe(0);
  },
);

test('samples that overshoot in the resampler reach every analysis alike', () => {
  // Square waves at the largest sample that counts: the filter's ringing exceeds that limit.
  const samples = Float32Array.from({ length: 44100 }, (_, i) => ((i >> 6) % 2 ? 65535 : -65535));
  const apart = SHIFTS.map((shift) =>
    peaksOf(kernelModule, { samples, sampleRate: 44100 }, { ...options, shifts: [shift] }),
  );
  expect(apart[3].count).toBeGreaterThan(5);
  expect(analysesOf(samples, 44100, 5000).peaks).toEqual(apart);
});

test('taking peaks early takes nothing away', () => {
  const stream = new KernelStream(kernelModule, { ...options, sampleRate: 44100 });
  const frames: number[] = [];
  for (let start = 0; start < song.samples.length; start += 5000) {
    stream.push(song.samples.subarray(start, start + 5000));
    frames.push(...stream.takePeaks().frames);
  }
  stream.finish();
  frames.push(...stream.takePeaks().frames);
  expect(frames).toEqual([...peaksOf(kernelModule, song, options).frames]);
});

test('a stream that begins anew gives what a new stream gives', () => {
  const stream = new KernelStream(kernelModule, { ...options, sampleRate: 44100, map: true });
  stream.push(song.samples.subarray(1000, 50000));
  stream.reset();
  stream.push(song.samples);
  stream.finish();
  expect(stream.takePeaks()).toEqual(peaksOf(kernelModule, song, options));
  expect(stream.takeRows().firstFrame).toBe(0);
});

test('the map has a row for every frame', () => {
  const stream = new KernelStream(kernelModule, { ...options, sampleRate: 11025, map: true });
  stream.push(music(3).samples);
  const { firstFrame, rows } = stream.takeRows();
  expect(firstFrame).toBe(0);
  expect(rows.length / BIN_COUNT).toBe(1 + Math.floor((3 * 11025 - 2048) / HOP_SAMPLES));
  expect(stream.takeRows()).toEqual({ firstFrame: rows.length / BIN_COUNT, rows: new Uint8Array(0) });
});

test("a clip's inner peaks are the song's peaks when it begins on a hop", () => {
  const sound = music(12, 11025);
  const start = 101;
  const clip = { ...sound, samples: sound.samples.subarray(start * HOP_SAMPLES, (start + 258) * HOP_SAMPLES) };
  const all = peaksOf(kernelModule, sound, options);
  const share = shareFound(peaksOf(kernelModule, clip, options), all, start, (f) => f >= 27 && f < 250 - 27);
  expect(share).toBe(1);
});

test('a shifted stream sees the frames of a sound that begins later', () => {
  const sound = music(4, 11025);
  const later = { ...sound, samples: sound.samples.subarray(100) };
  expect(peaksOf(kernelModule, sound, { ...options, shifts: [100] })).toEqual(peaksOf(kernelModule, later, options));
});

test('frames follow each other 43 times a second', () => {
  expect(FRAMES_PER_SECOND).toBeCloseTo(43.07, 2);
});
