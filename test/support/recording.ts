/** Makes a WAV file for Chromium's fake microphone: a song as recorded in a room. */
import { writeFileSync } from 'node:fs';
import type { Plan } from './music/composer.ts';
import { RATE } from './music/instruments.ts';
import { mono, render } from './music/render.ts';
import { random as seeded } from './random.ts';

export interface RecordingOptions {
  fromSeconds?: number;
  seconds?: number;
  /** Signal-to-noise ratio with white noise, in dB. */
  noiseDb?: number;
  /** Seconds of near silence before the music. */
  leadSeconds?: number;
}

const MICROPHONE_RATE = 48_000;

/** Songs that were rendered in this process: each takes a second. */
const rendered = new Map<Plan, Float32Array>();

function songOf(plan: Plan): Float32Array {
  const song = rendered.get(plan) ?? mono(render(plan));
  rendered.set(plan, song);
  return song;
}

export function heard(plan: Plan, options: RecordingOptions = {}): Float32Array {
  const { fromSeconds = 0, seconds = 12, noiseDb = 15, leadSeconds = 0 } = options;
  const song = songOf(plan).subarray(Math.round(fromSeconds * RATE));
  const lead = Math.round(leadSeconds * MICROPHONE_RATE);
  const music = new Float32Array(lead + Math.round(seconds * MICROPHONE_RATE));
  for (let index = lead; index < music.length; index++) {
    const position = ((index - lead) * RATE) / MICROPHONE_RATE;
    const before = Math.floor(position);
    if (before + 1 >= song.length) break;
    music[index] = 0.5 * (song[before] + (position - before) * (song[before + 1] - song[before]));
  }
  const power = music.reduce((sum, sample) => sum + sample * sample, 0) / (music.length - lead);
  // White noise between -1 and 1 has a third of a unit of power.
  const noise = Math.sqrt((3 * power) / 10 ** (noiseDb / 10));
  const random = seeded(plan.seed + 2);
  return music.map((sample) => sample + noise * (2 * random() - 1));
}

/** Mono, 16 bits. */
export function wav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at: number, word: string) => {
    for (let index = 0; index < word.length; index++) bytes.setUint8(at + index, word.charCodeAt(index));
  };
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + 2 * samples.length, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, sampleRate, true);
  bytes.setUint32(28, 2 * sampleRate, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, index) => {
    bytes.setInt16(44 + 2 * index, Math.round(32_767 * Math.max(-1, Math.min(1, sample))), true);
  });
  return new Uint8Array(bytes.buffer);
}

export function record(file: string, plan: Plan, options?: RecordingOptions): void {
  writeFileSync(file, wav(heard(plan, options), MICROPHONE_RATE));
}
