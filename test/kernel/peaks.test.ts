import { expect, test } from 'vitest';
import { peaksOf } from '../../src/kernel/kernel.ts';
import { kernelModule, openStages, shareFound } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';
import { type PlainRow, plainPeaks, plainRow } from '../support/plain-kernel.ts';

const { stages, frame, row } = openStages();

function rowsOf<Row>(sound: Float32Array, make: (frame: Float32Array) => Row): Row[] {
  const rows: Row[] = [];
  for (let start = 0; start + 2048 <= sound.length; start += 256) rows.push(make(sound.subarray(start, start + 2048)));
  return rows;
}

function fastRow(samples: Float32Array): PlainRow {
  frame.set(samples);
  const floor = stages.makeRow();
  return { values: Array.from(row), floor };
}

const sounds: [string, Float32Array][] = [
  ['music', music(8).samples],
  ['noise', noise(2 * 11025)],
  ['clipped noise', noise(2 * 11025, 8).map((x) => Math.max(-1, Math.min(1, x)))],
  ['music that repeats to the sample', music(1, 11264).samples],
];
const [, , , [, bar]] = sounds;
sounds[3][1] = Float32Array.from({ length: 3 * bar.length }, (_, i) => bar[i % bar.length]);

test.each(sounds)('given its own rows, the kernel finds in %s exactly the plain peaks', (_name, sound) => {
  for (const maxRank of [3, 20, 64])
    expect(peaksOf(kernelModule, { samples: sound, sampleRate: 11025 }, { maxRank })).toEqual(
      plainPeaks(rowsOf(sound, fastRow), maxRank),
    );
});

test('from samples on, 97 of 100 peaks are those of the plain chain in 64 bits, the others ties but for rounding', () => {
  const [, sound] = sounds[0];
  const exact = plainPeaks(rowsOf(sound, plainRow), 20);
  const fast = peaksOf(kernelModule, { samples: sound, sampleRate: 11025 }, { maxRank: 20 });
  expect(shareFound(exact, fast)).toBeGreaterThan(0.97);
  expect(shareFound(fast, exact)).toBeGreaterThan(0.97);
});

test('a fraction says where between bins and frames a peak lies', () => {
  const hertz = (300.25 * 11025) / 2048;
  const centre = 20.5 * 256 + 1024;
  const sound = Float32Array.from({ length: 16384 }, (_, n) => {
    const swell = Math.exp(-(((n - centre) / 1500) ** 2));
    return swell * Math.sin((2 * Math.PI * hertz * n) / 11025);
  });
  const peaks = peaksOf(kernelModule, { samples: sound, sampleRate: 11025 }, { maxRank: 1 });
  const strongest = peaks.ranks.indexOf(0);
  expect(peaks.bins[strongest] + peaks.binFractions[strongest] / 64).toBeCloseTo(300.25, 1);
  expect(peaks.frames[strongest] + peaks.frameFractions[strongest] / 64).toBeCloseTo(20.5, 1);
});
