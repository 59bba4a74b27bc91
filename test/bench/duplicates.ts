/**
 * How well duplicates are found: `npm run bench -- duplicates --music FOLDER [--songs 12] [--others 150]`. Of some songs copies are
 * made in eight ways (ffmpeg is needed) and looked for among the others. Two that have no song in common are wrongly found.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDuplicates } from '../../src/engine/duplicates/find-duplicates.ts';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { learnSound } from '../../src/learn/print-sound.ts';
import { isSound } from '../../src/learn/sound-names.ts';
import { unpackPrint } from '../../src/library/print.ts';
import type { Print } from '../../src/types.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const RATE = 22050;
const seconds = (count: number) => Math.round(count * RATE);

function ffmpeg(args: string[], input?: Uint8Array): Buffer {
  const { stdout, stderr, status } = spawnSync('ffmpeg', ['-v', 'error', ...args], { input, maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(String(stderr));
  return stdout;
}

const raw = ['-f', 'f32le', '-ac', '1', '-ar', String(RATE)];

function decoded(bytes: Buffer): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

const read = (path: string) => decoded(ffmpeg(['-i', path, ...raw, '-']));

/** Encoded like that and decoded again. */
function through(sound: Float32Array<ArrayBuffer>, ...how: string[]): Float32Array<ArrayBuffer> {
  const encoded = ffmpeg(
    [...raw, '-i', '-', ...how, '-'],
    new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength),
  );
  return decoded(ffmpeg(['-i', '-', ...raw, '-'], encoded));
}

function joined(...parts: Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type Sound = Float32Array<ArrayBuffer>;
interface Way {
  kind: 'same' | 'excerpt' | 'shared';
  make(song: Sound, other: Sound): Sound;
}

const part = (sound: Sound, from: number, length: number): Sound => sound.slice(seconds(from), seconds(from + length));
const secondsOf = (sound: Sound) => sound.length / RATE;

const ways: Record<string, Way> = {
  'MP3, 96 kbit/s': { kind: 'same', make: (song) => through(song, '-b:a', '96k', '-f', 'mp3') },
  'Opus, 24 kbit/s': { kind: 'same', make: (song) => through(song, '-c:a', 'libopus', '-b:a', '24k', '-f', 'ogg') },
  'telephone, 12 dB softer': {
    kind: 'same',
    make: (song) => through(song, '-af', 'volume=-12dB,highpass=f=300,lowpass=f=3400', '-f', 'wav'),
  },
  'pink noise 10 dB below': {
    kind: 'same',
    make: (song) => through(song, '-af', 'aeval=val(0)+0.03*(random(0)*2-1)', '-b:a', '128k', '-f', 'mp3'),
  },
  'a cut of 13 s': {
    kind: 'excerpt',
    make: (song) => through(part(song, secondsOf(song) * 0.37, 13), '-b:a', '128k', '-f', 'mp3'),
  },
  '30 s, faded, as in a video': {
    kind: 'excerpt',
    make: (song) =>
      through(
        part(song, secondsOf(song) / 2, 30),
        '-af',
        'afade=d=2,afade=t=out:st=27:d=3',
        '-b:a',
        '64k',
        '-f',
        'mp3',
      ),
  },
  'within a longer piece': {
    kind: 'excerpt',
    make: (song, other) => through(joined(part(other, 0, 40), song, part(other, 60, 40)), '-b:a', '96k', '-f', 'mp3'),
  },
  'a third of it, then another song': {
    kind: 'shared',
    make: (song, other) =>
      through(joined(part(song, 0, secondsOf(song) / 3), part(other, 0, 90)), '-b:a', '96k', '-f', 'mp3'),
  },
};

interface Made {
  print: Print;
  /** The songs in it. */
  of: number[];
  way?: string;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: { music: { type: 'string' }, songs: { type: 'string' }, others: { type: 'string' } },
  });
  if (!values.music) throw new Error('--music FOLDER is needed');
  const paths = readdirSync(values.music)
    .filter((name) => isSound({ name, type: '' }))
    .map((name) => join(values.music!, name));
  const made = await copies(paths, Number(values.songs ?? 12), Number(values.others ?? 150));
  const begun = process.cpuUsage();
  const found = await findDuplicates({ index: memoryIndex(new Map(made.map(({ print }, id) => [id + 1, print]))) });
  const seconds = process.cpuUsage(begun).user / 1e6;
  const wrong = found.filter(
    ({ track, other }) => !made[track - 1].of.some((song) => made[other - 1].of.includes(song)),
  );
  const rows = Object.entries(ways).map(([what, { kind }]): Row => {
    const copiesMade = made.flatMap((each, i) => (each.way === what ? { id: i + 1, song: each.of[0] } : []));
    const told = copiesMade.map(({ id, song }) => {
      const pair = found.find(({ track, other }) => [track, other].includes(id) && [track, other].includes(song + 1));
      return pair?.kind;
    });
    const asOther = told.filter((each) => each && each !== kind).length;
    return {
      what,
      value: `${told.filter((each) => each === kind).length} of ${told.length}`,
      unit: kind,
      note: asOther ? `${asOther} more as another kind` : undefined,
    };
  });
  return measured({
    title: `Duplicates among ${made.length} tracks`,
    rows: [
      ...rows,
      {
        what: 'wrongly found',
        value: wrong.length,
        unit: 'pairs',
        note: wrong.map(({ track, other, seconds }) => `${track}+${other} ${seconds} s`).join(', '),
      },
      { what: 'processor time', value: rounded(seconds), unit: 's' },
    ],
  });
}

/** All songs as they are, then the copies of some. */
async function copies(paths: string[], songs: number, others: number): Promise<Made[]> {
  const kernel = await compileKernel(kernelBytes());
  const printOf = async (sound: Sound) => {
    async function* blocks() {
      for (let at = 0; at < sound.length; at += RATE)
        yield { samples: sound.subarray(at, at + RATE), sampleRate: RATE };
    }
    return unpackPrint((await learnSound(kernel, blocks())).print);
  };
  const taken = paths.slice(0, songs + others);
  const made: Made[] = [];
  for (const [i, path] of taken.entries()) made.push({ print: await printOf(read(path)), of: [i] });
  const step = Math.max(1, Math.floor(taken.length / songs));
  for (let i = 0; i < songs; i++) {
    const [song, other] = [i * step, (i * step + 3) % taken.length];
    const [sound, otherSound] = [read(taken[song]), read(taken[other])];
    for (const [way, { make }] of Object.entries(ways)) {
      const of = /within|another song/.test(way) ? [song, other] : [song];
      made.push({ print: await printOf(make(sound, otherSound)), of, way });
    }
  }
  return made;
}
