import { readFile } from 'node:fs/promises';
import { version } from '../../package.json';
import { fittedWeights } from '../accuracy/fit.ts';
import { pageOf } from '../accuracy/html-report.ts';
import { accuracy as measured } from '../accuracy/measure.ts';
import { answerQueries } from '../accuracy/queries.ts';
import { tableOf } from '../accuracy/report.ts';
import { kernelBytes } from '../kernel/bytes.node.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { writeNewFile } from '../node/new-file.ts';
import { openSoundStream } from '../node/open-file.ts';
import { soundFilesIn } from '../node/sound-files.ts';
import type { Pcm } from '../types.ts';
import { command, FOUND } from './command.ts';
import { flag, list, number, text, UsageError } from './options.ts';

/** More of a track than this is not needed for trials. */
const LONGEST_SECONDS = 600;

export const accuracy = command({
  name: 'accuracy',
  summary: 'measures how well music of yours is recognised, spoilt in many ways',
  usage: ['--music FOLDER', '--music FOLDER --queries FOLDER', '--music FOLDER --fit'],
  details: [
    'Learns most of the music into a library in memory and keeps one track in six unknown; cuts clips from both, spoils them (noise, talkers, a small speaker in a room, low bit rates where ffmpeg is there, other speeds, two at once) and asks what they are. Prints for each condition and length how many were right, wrong, rightly placed within 0.2 s, and the median time; then false alarms, and how often answers were right by their stated confidence. Your library is not touched.',
    '--queries takes clips made elsewhere: a folder with truth.tsv (file, condition, length, truth, offset, second), the truth being the name of a file of the music without its extension, or "none". Answers go into answers.tsv beside it. All the music is learnt then; --list names a file with the paths of what to learn, one a line.',
    '--fit prints the weights of the decision (match/weights.ts), fitted on clips of one half of the tracks.',
  ],
  options: {
    music: text('FOLDER', 'the music'),
    list: text('FILE', 'paths of music, one a line; instead of --music'),
    queries: text('FOLDER', 'clips of known truth'),
    seconds: list('N,N', 'lengths of clips; else 1,2,3,5,10'),
    snr: list('DB,DB', 'music to noise; else -6,-3,0,3,6,10'),
    clips: number('N', 'clips of each condition and length; else 20', { least: 1, whole: true }),
    seed: number('N', 'other clips; else 1', { whole: true }),
    padding: number('SECONDS', 'no clip is cut so near to the ends of a track; else 10'),
    absent: number('N', 'one track in N stays unknown; else 6', { least: 2, whole: true }),
    only: list('NAME,NAME', 'only conditions whose names contain one of these'),
    sure: number('P', 'lowest probability that is an answer, 0 to 1', { most: 1 }),
    json: text('FILE', 'write the report and every outcome there'),
    html: text('FILE', 'write a page with plots there'),
    fit: flag('fit the weights of the decision instead'),
  },
  examples: [
    ['entendu accuracy --music ~/Music --html accuracy.html', 'the whole, with plots'],
    ['entendu accuracy --music ~/Music --seconds 5 --only clean,room --clips 50', 'two conditions, more surely'],
  ],
  async run({ values, terminal }) {
    if (!values.music && !values.list) throw new UsageError('Which music? entendu accuracy --music FOLDER');
    const files = values.list
      ? (await readFile(values.list, 'utf8')).split('\n').filter((path) => path.trim() !== '')
      : await musicIn(values.music!);
    if (files.length === 0) throw new UsageError('There is no music.');
    const options = {
      kernel: await compileKernel(kernelBytes()),
      read,
      write: writeNewFile,
      files,
      version,
      seconds: numbers('seconds', values.seconds),
      snrs: numbers('snr', values.snr),
      clips: values.clips,
      seed: values.seed,
      padding: values.padding,
      absent: values.absent,
      only: values.only,
      threshold: values.sure,
      progress: (line: string) => terminal.progress(line),
      note: (line: string) => terminal.note(line),
    };
    if (values.fit) {
      terminal.print(JSON.stringify(await fittedWeights(options)));
      return FOUND;
    }
    const { report, outcomes } = values.queries
      ? await answerQueries(values.queries, options)
      : await measured(options);
    for (const line of tableOf(report)) terminal.print(line);
    if (values.json) await writeNewFile(values.json, JSON.stringify({ ...report, outcomes }, undefined, 1));
    if (values.html) await writeNewFile(values.html, pageOf(report));
    return FOUND;
  },
});

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
