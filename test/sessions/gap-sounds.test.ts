import { expect, test } from 'vitest';
import { randomOf } from '../../src/accuracy/random.ts';
import { noiseOf } from '../../src/accuracy/spoil/noises.ts';
import { KernelStream } from '../../src/kernel/kernel.ts';
import { GapSounds, soundOf } from '../../src/sessions/gap-sounds.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';

const RATE = 16_000;
const QUARTER = RATE / 4;

function heard(samples: Float32Array): GapSounds {
  const sounds = new GapSounds();
  const stream = new KernelStream(kernelModule, { sampleRate: RATE, maxRank: 60, map: true });
  for (let at = 0; at < samples.length; at += QUARTER) {
    const block = samples.subarray(at, at + QUARTER);
    stream.push(block);
    sounds.pushRows(stream.takeRows().rows);
    sounds.pushPower(block.reduce((sum, sample) => sum + sample ** 2, 0) / block.length, 0.25);
  }
  return sounds;
}

const seconds = 40;
const white = noiseOf('white', seconds * RATE, RATE, randomOf('gap')).map((sample) => 0.1 * sample);
const hum = Float32Array.from({ length: seconds * RATE }, (_, i) => 0.1 * Math.sin((2 * Math.PI * 300 * i) / RATE));

test('noise, hum and silence get their words', () => {
  expect(heard(white).soundOf(0, seconds)).toBe('noise');
  expect(heard(hum).soundOf(0, seconds)).toBe('noise');
  expect(heard(white.map((sample) => sample * 1e-4)).soundOf(0, seconds)).toBe('silence');
});

test('music is never called noise, talk or silence', () => {
  for (const seed of [1, 2, 3])
    expect(['music', 'unclear']).toContain(heard(music(seconds, RATE, seed).samples).soundOf(0, 40));
});

test('each part of the sound has its own word, and a gap shorter than a block has none', () => {
  const half = 20 * RATE;
  const both = new Float32Array(2 * half);
  both.set(white.subarray(0, half));
  const sounds = heard(both);
  expect(sounds.soundOf(0, 20)).toBe('noise');
  expect(sounds.soundOf(20, 40)).toBe('silence');
  expect(sounds.soundOf(3, 8)).toBe('unclear');
});

test('silence is told in a gap that is shorter than a block, between two songs', () => {
  const sound = new Float32Array(40 * RATE);
  sound.set(music(16, RATE, 1).samples);
  sound.set(music(16, RATE, 2).samples, 24 * RATE);
  const sounds = heard(sound);
  expect(sounds.soundOf(16.3, 23.8)).toBe('silence');
  expect(sounds.partsOf(16.3, 23.8)).toEqual([{ fromSeconds: 16.3, toSeconds: 23.8, sound: 'silence' }]);
  expect(sounds.soundOf(12, 23)).not.toBe('silence');
});

test('long silence and noise are parts of a gap, and what is short beside them belongs to them', () => {
  const sound = new Float32Array(100 * RATE);
  sound.set(music(30, RATE, 1).samples);
  sound.set(white.subarray(0, 30 * RATE), 70 * RATE);
  const sounds = heard(sound);
  const [first, silence, noise, ...more] = sounds.partsOf(0, 99);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ fromSeconds: 0, toSeconds: 30, sound: sounds.soundOf(0, 30) });
  expect(silence).toEqual({ fromSeconds: 30, toSeconds: 70, sound: 'silence' });
  expect(noise).toEqual({ fromSeconds: 70, toSeconds: 99, sound: 'noise' });
  expect(sounds.partsOf(33, 75)).toEqual([{ fromSeconds: 33, toSeconds: 75, sound: 'silence' }]);
  expect(sounds.partsOf(5, 38)).toHaveLength(1);
});

test('where blocks contradict each other there is no word', () => {
  const block = { levelDb: -20, tonality: 0.1 };
  expect(soundOf({ ...block, steadiness: 0.3, unrest: 2 })).toBe('music');
  expect(soundOf({ ...block, steadiness: 0.08, unrest: 4 })).toBe('talk');
  expect(soundOf({ ...block, steadiness: 0.2, unrest: 4 })).toBe('unclear');
});
