/** Ways in which a library gets the same music twice, made with ffmpeg and the distortions of the accuracy test. */
import { spawnSync } from 'node:child_process';
import { randomOf } from '../../src/accuracy/random.ts';
import { noiseOf } from '../../src/accuracy/spoil/noises.ts';
import { overTheAir } from '../../src/accuracy/spoil/room.ts';
import { withNoise } from '../../src/accuracy/spoil/spoil.ts';

export const RATE = 22_050;
export type Sound = Float32Array<ArrayBuffer>;

export interface Way {
  kind: 'same' | 'excerpt' | 'shared';
  /** How many of the songs it is made of; the search is expected to find these. */
  songs?: number;
  make(songs: [Sound, Sound, Sound]): Sound;
}

const raw = ['-f', 'f32le', '-ac', '1', '-ar', String(RATE)];

function ffmpeg(args: string[], input?: Uint8Array): Sound {
  const { stdout, stderr, status } = spawnSync('ffmpeg', ['-v', 'error', ...args], { input, maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(String(stderr));
  return new Float32Array(Uint8Array.from(stdout).buffer);
}

export const read = (path: string): Sound => ffmpeg(['-i', path, ...raw, '-']);

const bytesOf = ({ buffer, byteOffset, byteLength }: Sound) => new Uint8Array(buffer, byteOffset, byteLength);
const filtered = (sound: Sound, filter: string) =>
  ffmpeg([...raw, '-i', '-', '-af', filter, ...raw, '-'], bytesOf(sound));

/** Encoded like that and decoded again. */
function encoded(sound: Sound, ...how: string[]): Sound {
  const args = ['-v', 'error', ...raw, '-i', '-', ...how, '-'];
  const { stdout } = spawnSync('ffmpeg', args, { input: bytesOf(sound), maxBuffer: 2 ** 30 });
  return ffmpeg(['-i', '-', ...raw, '-'], stdout);
}

const mp3 = (sound: Sound, rate: string) => encoded(sound, '-b:a', rate, '-f', 'mp3');

function joined(...parts: Sound[]): Sound {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const secondsOf = (sound: Sound) => sound.length / RATE;
const part = (sound: Sound, from: number, seconds: number): Sound =>
  sound.slice(Math.round(from * RATE), Math.round((from + seconds) * RATE));
/** Most of a song, with a fade at both ends, as a mix has it. */
const faded = (song: Sound) => {
  const seconds = 0.9 * secondsOf(song);
  return filtered(part(song, 0, seconds), `afade=d=3,afade=t=out:st=${seconds - 3}:d=3`);
};
/** Other talk with each song: two copies with the same talk would rightly be alike. */
const talkWith = ({ length }: Sound) => noiseOf('talkers', length, RATE, randomOf(`talk ${length}`));

export const ways: Record<string, Way> = {
  'MP3, 64 kbit/s': { kind: 'same', make: ([song]) => mp3(song, '64k') },
  'Opus, 24 kbit/s': {
    kind: 'same',
    make: ([song]) => encoded(song, '-c:a', 'libopus', '-b:a', '24k', '-f', 'ogg'),
  },
  'an excerpt of 13 s': { kind: 'excerpt', make: ([song]) => mp3(part(song, secondsOf(song) * 0.37, 13), '128k') },
  '30 s, faded, as in a video': {
    kind: 'excerpt',
    make: ([song]) => mp3(filtered(part(song, secondsOf(song) / 2, 30), 'afade=d=2,afade=t=out:st=27:d=3'), '64k'),
  },
  'within a longer piece': {
    kind: 'excerpt',
    make: ([song, other]) => mp3(joined(part(other, 0, 40), song, part(other, 60, 40)), '96k'),
  },
  '1 % faster and higher': {
    kind: 'same',
    make: ([song]) => filtered(song, `asetrate=${RATE * 1.01},aresample=${RATE}`),
  },
  '2 % faster, same pitch': { kind: 'same', make: ([song]) => filtered(song, 'atempo=1.02') },
  '3 % slower and lower': {
    kind: 'same',
    make: ([song]) => filtered(song, `asetrate=${Math.round(RATE * 0.97)},aresample=${RATE}`),
  },
  '6 % faster and higher': {
    kind: 'same',
    make: ([song]) => filtered(song, `asetrate=${RATE * 1.06},aresample=${RATE}`),
  },
  '3 % higher, same tempo': {
    kind: 'same',
    make: ([song]) => filtered(song, `asetrate=${Math.round(RATE * 1.03)},aresample=${RATE},atempo=${1 / 1.03}`),
  },
  'with people talking, as loud': {
    kind: 'same',
    make: ([song]) => Float32Array.from(withNoise(song, talkWith(song), 0)),
  },
  'by telephone, 12 dB softer': {
    kind: 'same',
    make: ([song]) => filtered(song, 'volume=-12dB,highpass=f=300,lowpass=f=3400'),
  },
  'small speaker in a room, talk': {
    kind: 'same',
    make: ([song]) => Float32Array.from(overTheAir(song, RATE, randomOf('room'))),
  },
  'a third of it, then another song': {
    kind: 'shared',
    make: ([song, other]) => mp3(joined(part(song, 0, secondsOf(song) / 3), part(other, 0, 90)), '96k'),
  },
  'a mix of three known songs': {
    kind: 'excerpt',
    songs: 3,
    make: (songs) => mp3(joined(...songs.map(faded)), '96k'),
  },
};
