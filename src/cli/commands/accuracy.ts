import { readFile } from 'node:fs/promises';
import { version } from '../../../package.json';
import { pageOf } from '../../accuracy/html-report.ts';
import type { AccuracyOptions } from '../../accuracy/material.ts';
import { accuracy as measured } from '../../accuracy/measure.ts';
import { mixLines } from '../../accuracy/mix/mix-report.ts';
import { mixes } from '../../accuracy/mix/mixes.ts';
import { answerQueries } from '../../accuracy/queries.ts';
import { tableOf } from '../../accuracy/report.ts';
import { kernelBytes } from '../../kernel/bytes.node.ts';
import { compileKernel } from '../../kernel/kernel.ts';
import { openSoundStream } from '../../node/decode/open-file.ts';
import { soundFilesIn } from '../../node/sound-files.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { writeNewFile } from '../../node/system/new-file.ts';
import type { Pcm } from '../../types.ts';
import { command, FOUND } from '../command.ts';
import { flag, list, number, text, UsageError, type Values } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Only this much of each track is used. */
const LONGEST_SECONDS = 600;

const options = {
  music: text('FOLDER', 'the music'),
  list: text('FILE', 'file with the paths of the music, one per line; instead of --music'),
  queries: text('FOLDER', 'clips with known answers'),
  seconds: list('N,N', 'lengths of clips; default 1,2,3,5,10'),
  snr: list('DB,DB', 'signal-to-noise ratios; default -6,-3,0,3,6,10'),
  clips: number('N', 'clips per condition and length; default 20', { least: 1, whole: true }),
  seed: number('N', 'seed of the random choice of clips; default 1', { whole: true }),
  padding: number('SECONDS', 'leave out this much at both ends of a track; default 10'),
  absent: number('N', 'leave out one track in N; default 6', { least: 2, whole: true }),
  among: number('N', 'fill the library with made-up tracks up to N tracks', { least: 1, whole: true }),
  only: list('NAME,NAME', 'only conditions whose names contain one of these'),
  sure: number('P', 'lowest confidence of an answer, 0 to 1', { most: 1 }),
  json: text('FILE', 'write the report and the result of every clip to a JSON file'),
  html: text('FILE', 'write the report with plots to an HTML page'),
  hours: number('H', 'hours of mixes; default 1'),
  unknown: flag('mixes of unknown music only'),
};

export const accuracy = command({
  name: 'accuracy',
  summary: 'measures how well your music is recognised under many kinds of distortion',
  usage: ['--music FOLDER', 'hard --music FOLDER', 'mixes --music FOLDER', '--music FOLDER --queries FOLDER'],
  details: [
    'Learns most of the music into a library in memory, but leaves out one track in six. Cuts clips from all tracks, distorts them (noise, voices, a small speaker in a room, low bit rates if ffmpeg is installed, other speeds, two tracks at once) and tries to recognise them. Prints for each condition and length how many answers were right, wrong, and placed correctly within 0.2 s, and the median time; then false alarms, and how often answers were right compared with their stated confidence. Your library is not used.',
    '--queries uses clips made elsewhere: a folder with truth.tsv (file, condition, length, truth, offset, second), where truth is the name of a music file without its extension, or "none". Answers are written to answers.tsv in the same folder. All of the music is learnt in this case; --list names a file with the paths of what to learn, one per line.',
    '--among fills the library up to a number of tracks of four minutes each, made of pieces of half of the tracks that were left out, backwards and moved in pitch. So it shows what a large library does to the same clips. 10,000 need 1 GB of memory and some minutes.',
    'With the word "hard", the clips are distorted more: halls and bars with long reverberation and loud talk, noise far above the music, large changes of speed, pitch and tempo, three tracks at once, a telephone.',
    'With the word "mixes", long recordings are made of the music instead: stretches of 15 to 90 s of known and unknown tracks, up to 5 % faster or slower, with crossfades and with talk over some. Prints how many were found, and by how much their edges are off.',
  ],
  options,
  examples: [
    ['entendu accuracy --music ~/Music --html accuracy.html', 'everything, with plots'],
    ['entendu accuracy --music ~/Music --seconds 5 --only clean,room --clips 50', 'two conditions, with more clips'],
  ],
  async run({ values, words, terminal }) {
    interruptible(); // so that ffmpeg ends with it
    const trial = await trialOf(values, terminal);
    const [word, ...more] = words;
    if (more.length > 0 || (word && word !== 'mixes' && word !== 'hard')) {
      throw new UsageError('It takes one word only: "hard" or "mixes".');
    }
    if (values.among !== undefined && (word === 'mixes' || values.queries)) {
      throw new UsageError('--among goes neither with mixes nor with --queries.');
    }
    if (word === 'mixes') {
      const report = await mixes({ ...trial, hours: values.hours, unknownOnly: values.unknown });
      for (const line of mixLines(report)) terminal.print(line);
      if (values.json) await writeNewFile(values.json, JSON.stringify(report, undefined, 1));
      return FOUND;
    }
    const { report, outcomes } = values.queries
      ? await answerQueries(values.queries, { ...trial, write: writeNewFile })
      : await measured({ ...trial, isHard: word === 'hard' });
    for (const line of tableOf(report)) terminal.print(line);
    if (values.json) await writeNewFile(values.json, JSON.stringify({ ...report, outcomes }, undefined, 1));
    if (values.html) await writeNewFile(values.html, pageOf(report));
    return FOUND;
  },
});

/** What is measured, from the options of the command. */
export async function trialOf(values: Values<typeof options>, terminal: Terminal): Promise<AccuracyOptions> {
  if (!values.music && !values.list) throw new UsageError('Name a folder of music: entendu accuracy --music FOLDER');
  const files = values.list
    ? (await readFile(values.list, 'utf8')).split('\n').filter((path) => path.trim() !== '')
    : await musicIn(values.music!);
  if (files.length === 0) throw new UsageError('No sound files found there.');
  return {
    kernel: await compileKernel(kernelBytes()),
    read,
    files,
    version,
    seconds: numbers('seconds', values.seconds),
    snrs: numbers('snr', values.snr),
    clips: values.clips,
    seed: values.seed,
    padding: values.padding,
    absent: values.absent,
    among: values.among,
    only: values.only,
    threshold: values.sure,
    progress: (line: string) => terminal.progress(line),
    note: (line: string) => terminal.note(line),
  };
}

async function musicIn(folder: string): Promise<string[]> {
  const found = await soundFilesIn([folder]);
  const [first] = found;
  if (first?.path === folder && first.fault) throw new UsageError(`${folder}: ${first.fault}`);
  return found.filter(({ fault }) => !fault).map(({ path }) => path);
}

function numbers(name: string, typed: string[] | undefined): number[] | undefined {
  const read = typed?.map(Number);
  if (read?.some(Number.isNaN)) throw new UsageError(`--${name} needs numbers with commas between, not "${typed}".`);
  return read;
}

async function read(path: string): Promise<Pcm> {
  const { sampleRate, blocks } = await openSoundStream(path);
  const parts: Float32Array[] = [];
  let length = 0;
  for await (const block of blocks) {
    parts.push(block.slice());
    length += block.length;
    if (length >= LONGEST_SECONDS * sampleRate) break;
  }
  const samples = new Float32Array(length);
  let filled = 0;
  for (const part of parts) {
    samples.set(part, filled);
    filled += part.length;
  }
  return { samples, sampleRate };
}
