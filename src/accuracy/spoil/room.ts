/** Simulates music from a small loudspeaker in a room, recorded by a phone among people who talk. */

import { between, normal, type Random } from '../random.ts';
import { bell, filtered, highPass, lowPass } from './filters.ts';
import { noiseOf } from './noises.ts';
import { withNoise } from './spoil.ts';

type Range = [least: number, most: number];

/** Where the music is heard. */
export interface ListeningPlace {
  /** Seconds in which the reverberation decays by 60 dB. */
  dying: Range;
  /** Gain of the direct sound: less is farther away. */
  direct: Range;
  /** How much louder than the people the music is, in dB. */
  talkDb: Range;
}

const LIVING_ROOM: ListeningPlace = { dying: [0.3, 0.8], direct: [0.5, 1.5], talkDb: [6, 12] };

export const overTheAir = (sound: Float32Array, sampleRate: number, random: Random) =>
  heardIn(LIVING_ROOM, sound, sampleRate, random);

export function heardIn(place: ListeningPlace, sound: Float32Array, sampleRate: number, random: Random): Float32Array {
  const music = echoed(speaker(sound, sampleRate, random), sampleRate, random, place);
  const talk = echoed(noiseOf('talkers', sound.length, sampleRate, random), sampleRate, random, place);
  const heard = withNoise(music, talk, between(random, ...place.talkDb));
  return phone(heard, sampleRate, random);
}

/** The same through a telephone line: 300 to 3,400 Hz, values of 8 bits (mu-law). */
export function telephone(sound: Float32Array, sampleRate: number, random: Random): Float32Array {
  let line = overTheAir(sound, sampleRate, random);
  for (let i = 0; i < 2; i++) {
    line = filtered(filtered(line, highPass(300, sampleRate)), lowPass(3400, sampleRate));
  }
  const top = line.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return line.map((sample) => {
    const bent = (Math.sign(sample) * Math.log1p((255 * Math.abs(sample)) / top)) / Math.log(256);
    const value = Math.round(127 * bent) / 127;
    return (top * Math.sign(value) * (256 ** Math.abs(value) - 1)) / 255;
  });
}

/** The loudspeaker: no bass, no high treble, resonances, slight overdrive. */
function speaker(sound: Float32Array, sampleRate: number, random: Random): Float32Array {
  let out = filtered(filtered(sound, highPass(between(random, 150, 280), sampleRate)), lowPass(7500, sampleRate));
  for (let i = 0; i < 4; i++) {
    const hertz = 300 * 20 ** random();
    out = filtered(out, bell(hertz, between(random, -7, 8), between(random, 1.5, 6), sampleRate));
  }
  const drive = between(random, 1.5, 4) * (0.1 / rootMeanSquare(out));
  return out.map((sample) => Math.tanh(sample * drive));
}

/**
 * The room: the direct sound, a dozen early echoes, and reverberation that has less treble than the sound and consists of 1,500
 * random echoes per second at integer sample delays.
 */
function echoed(sound: Float32Array, sampleRate: number, random: Random, place: ListeningPlace): Float32Array {
  const dying = between(random, ...place.dying);
  const direct = between(random, ...place.direct);
  const out = sound.map((sample) => direct * sample);
  addEchoes(out, sound, dying, sampleRate, random);
  return out;
}

/** The echoes and the reverberation alone, without the sound itself; they last `dying` seconds. */
export function echoesOf(sound: Float32Array, dying: number, sampleRate: number, random: Random): Float32Array {
  const echoes = new Float32Array(sound.length);
  addEchoes(echoes, sound, dying, sampleRate, random);
  return echoes;
}

function addEchoes(out: Float32Array, sound: Float32Array, dying: number, sampleRate: number, random: Random): void {
  const dark = filtered(sound, lowPass(3000, sampleRate));
  for (let i = 0; i < 12; i++) {
    addLate(out, sound, Math.round(between(random, 0.002, 0.03) * sampleRate), between(random, -0.5, 0.5));
  }
  for (let late = 0.02; late < dying; late += between(random, 0.0002, 0.0011)) {
    addLate(out, dark, Math.round(late * sampleRate), 0.12 * normal(random) * 10 ** ((-3 * late) / dying));
  }
}

function addLate(to: Float32Array, sound: Float32Array, late: number, gain: number): void {
  for (let i = late; i < to.length; i++) to[i] += gain * sound[i - late];
}

/** The phone: a low cut, hiss, and automatic gain. */
function phone(sound: Float32Array, sampleRate: number, random: Random): Float32Array {
  const out = filtered(sound, highPass(90, sampleRate));
  const hiss = rootMeanSquare(out) * 10 ** (-45 / 20);
  const strength = between(random, 0.4, 0.8);
  let level = rootMeanSquare(out.subarray(0, sampleRate >> 1));
  const up = 1 - Math.exp(-1 / (0.06 * sampleRate));
  const down = 1 - Math.exp(-1 / sampleRate);
  for (let i = 0; i < out.length; i++) {
    const loud = Math.abs(out[i]) * 1.25;
    level += (loud - level) * (loud > level ? up : down);
    out[i] = Math.tanh((out[i] + hiss * normal(random)) * 0.1 * (1 / (level + 1e-6)) ** strength);
  }
  return out;
}

function rootMeanSquare(sound: Float32Array): number {
  let sum = 0;
  for (const sample of sound) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, sound.length)) + 1e-9;
}
