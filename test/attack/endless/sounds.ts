/**
 * Sound without end in which no track of a library is to be heard: noise, hum, talk, music of others. Each comes in parts
 * of ten seconds; the same seed gives the same sound.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { between, normal, type Random, randomOf } from '../../../src/accuracy/random.ts';
import { noiseOf } from '../../../src/accuracy/spoil/noises.ts';
import { music } from '../../support/music.ts';
import { voices } from './voices.ts';

export const RATE = 22_050;
const PART_SECONDS = 10;
const PART = PART_SECONDS * RATE;
/** Root mean square of every sound. */
const LEVEL = 0.1;

type Parts = Generator<Float32Array>;

export const kinds = ['white', 'pink', 'brown', 'hum', 'talk', 'babble', 'strangers', 'composed'] as const;
export type Kind = (typeof kinds)[number];

/** `strangers`: files of music that is not in the library. */
export function endless(kind: Kind, seed: number, strangers: string[]): Parts {
  const random = randomOf(`${kind}/${seed}`);
  const makers: Record<Kind, () => Parts> = {
    white: () => noise('white', random),
    pink: () => noise('pink', random),
    brown: () => brown(random),
    hum: () => hum(random),
    talk: () => talk(1, random),
    babble: () => talk(6, random),
    strangers: () => transposed(strangers, random),
    composed: () => composed(random),
  };
  return makers[kind]();
}

function* noise(kind: 'white' | 'pink', random: Random): Parts {
  for (;;) yield levelled(noiseOf(kind, PART, RATE, random));
}

/** A random walk that leaks, so that it stays where it is: 6 dB less an octave above 20 Hz. */
function* brown(random: Random): Parts {
  const kept = Math.exp((-2 * Math.PI * 20) / RATE);
  let at = 0;
  for (;;) {
    const part = new Float32Array(PART);
    for (let i = 0; i < PART; i++) {
      at = kept * at + normal(random);
      part[i] = at;
    }
    yield levelled(part);
  }
}

/** Mains and fans: a tone and its overtones, a little noise, another machine every minute. */
function* hum(random: Random): Parts {
  for (;;) {
    const hertz = [50, 60, between(random, 40, 400)][Math.floor(random() * 3)];
    const levels = Array.from({ length: Math.min(40, Math.floor(5000 / hertz)) }, (_, n) => random() / (n + 1) ** 0.7);
    const hiss = between(random, 0.01, 0.5);
    for (let turn = 0; turn < 60 / PART_SECONDS; turn++) {
      const start = turn * PART;
      yield levelled(
        Float32Array.from({ length: PART }, (_, i) => {
          const angle = (2 * Math.PI * hertz * (start + i)) / RATE;
          return levels.reduce((sum, level, n) => sum + level * Math.sin((n + 1) * angle), hiss * normal(random));
        }),
      );
    }
  }
}

/** So many at once, each with one text after the other. */
function* talk(count: number, random: Random): Parts {
  const speakers = Array.from({ length: count }, () => voices(RATE, random));
  const waiting: Float32Array[] = speakers.map(() => new Float32Array(0));
  for (;;) {
    const part = new Float32Array(PART);
    for (const [i, speaker] of speakers.entries()) {
      while (waiting[i].length < PART) {
        const said = speaker.next().value as Float32Array;
        const longer = new Float32Array(waiting[i].length + said.length);
        longer.set(waiting[i]);
        longer.set(said, waiting[i].length);
        waiting[i] = longer;
      }
      for (let n = 0; n < PART; n++) part[n] += waiting[i][n];
      waiting[i] = waiting[i].slice(PART);
    }
    yield levelled(part);
  }
}

/** Real music; from the second time on each piece is played at another speed, which makes other sounds of it. */
function* transposed(files: string[], random: Random): Parts {
  if (files.length === 0) throw new Error('unknown music needs --strangers LIST');
  for (let round = 0; ; round++) {
    for (const file of files) {
      const speed = round === 0 ? 1 : 2 ** (between(random, -8, 8) / 12);
      yield* inParts(decoded(file, speed));
    }
  }
}

function* composed(random: Random): Parts {
  for (;;) {
    // At half the rate: it has nothing above 5 kHz.
    const { samples } = music(120, RATE / 2, Math.floor(random() * 2 ** 31));
    yield* inParts(Float32Array.from({ length: 2 * samples.length }, (_, i) => samples[i >> 1]));
  }
}

function* inParts(samples: Float32Array): Parts {
  for (let from = 0; from + PART <= samples.length; from += PART) yield levelled(samples.slice(from, from + PART));
}

function decoded(file: string, speed: number): Float32Array {
  const rate = Math.round(RATE / speed);
  const asked = ['-v', 'error', '-i', file, '-ac', '1', '-ar', `${rate}`, '-f', 'f32le', '-'];
  const { buffer, byteOffset, byteLength } = execFileSync('ffmpeg', asked, { maxBuffer: 2 ** 30 });
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

function levelled(part: Float32Array): Float32Array {
  const power = part.reduce((sum, sample) => sum + sample * sample, 0) / part.length;
  const scale = power > 0 ? LEVEL / Math.sqrt(power) : 0;
  return part.map((sample) => sample * scale);
}

/** Files named by a list, one a line, or lying in a folder. */
export function filesOf(listOrFolder: string): string[] {
  try {
    return readdirSync(listOrFolder).map((name) => join(listOrFolder, name));
  } catch {
    return readFileSync(listOrFolder, 'utf8').split('\n').filter(Boolean);
  }
}
