/** Noises that are mixed with the music: white and pink noise, and voices. */

import { between, normal, type Random } from '../random.ts';
import { filtered, lowPass, resonance } from './filters.ts';

export type NoiseKind = 'white' | 'pink' | 'talkers';

export function noiseOf(kind: NoiseKind, length: number, sampleRate: number, random: Random): Float32Array {
  if (kind === 'white') return Float32Array.from({ length }, () => normal(random));
  if (kind === 'pink') return pink(length, random);
  const crowd = new Float32Array(length);
  const talkers = 6 + Math.floor(random() * 4);
  for (let i = 0; i < talkers; i++) addTalker(crowd, sampleRate, random);
  return crowd;
}

/** Pink noise (-3 dB per octave): the sum of white noises, each held twice as long as the previous one (Voss). */
function pink(length: number, random: Random): Float32Array {
  const rows = new Float32Array(16);
  return Float32Array.from({ length }, (_, i) => {
    const changed = Math.min(rows.length - 1, Math.clz32(1) - Math.clz32((i + 1) & -(i + 1)));
    rows[changed] = normal(random);
    return rows.reduce((sum, value) => sum + value, normal(random));
  });
}

/** Formants of vowels, Hz. */
const vowels = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
  [490, 1350, 1690],
];

/** A voice: pulses with a wandering pitch through changing formants, a few syllables a second, hisses and pauses. */
function addTalker(to: Float32Array, sampleRate: number, random: Random): void {
  const pitch = between(random, 90, 230);
  const level = 10 ** (between(random, -4, 4) / 20);
  const size = between(random, 0.9, 1.2);
  for (let at = Math.floor(between(random, 0, 0.3) * sampleRate); at < to.length; ) {
    const length = Math.floor(between(random, 0.1, 0.28) * sampleRate);
    if (random() < 0.15) {
      at += 2 * length;
      continue;
    }
    const syllable =
      random() < 0.2 ? hiss(length, sampleRate, random) : voiced(length, sampleRate, pitch, size, random);
    const end = Math.min(to.length, at + length);
    for (let i = at; i < end; i++) {
      to[i] += level * syllable[i - at] * Math.sin((Math.PI * (i - at)) / length);
    }
    at += Math.floor(length * between(random, 0.8, 1.1));
  }
}

function voiced(length: number, sampleRate: number, pitch: number, size: number, random: Random): Float32Array {
  const from = pitch * between(random, 0.85, 1.2);
  const to = pitch * between(random, 0.8, 1.15);
  const pulses = new Float32Array(length);
  for (let i = 0, phase = 0; i < length; i++) {
    phase += (from + ((to - from) * i) / length) / sampleRate;
    if (phase < 1) continue;
    phase -= 1;
    pulses[i] = 1;
  }
  const source = filtered(pulses, lowPass(900, sampleRate));
  const sound = new Float32Array(length);
  vowels[Math.floor(random() * vowels.length)].forEach((hertz, i) => {
    const formant = filtered(source, resonance(hertz * size, 8 + 2 * i, sampleRate));
    for (let n = 0; n < length; n++) sound[n] += formant[n] / (1 + i);
  });
  return evened(sound);
}

function hiss(length: number, sampleRate: number, random: Random): Float32Array {
  const white = Float32Array.from({ length }, () => normal(random));
  return evened(filtered(white, resonance(between(random, 2500, 5500), 2, sampleRate)), 0.4);
}

function evened(sound: Float32Array, level = 1): Float32Array {
  const scale = level / Math.sqrt(powerOf(sound) + 1e-12);
  return sound.map((sample) => sample * scale);
}

/** Mean square. */
export function powerOf(sound: Float32Array): number {
  let sum = 0;
  for (const sample of sound) sum += sample * sample;
  return sum / Math.max(1, sound.length);
}
