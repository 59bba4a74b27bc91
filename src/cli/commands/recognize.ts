import { availableParallelism } from 'node:os';
import { GIVE_UP_SECONDS, type Piece } from '../../engine/api.ts';
import { type Library, openLibrary } from '../../node/package.ts';
import { soundFilesIn } from '../../node/sound-files.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import type { Match } from '../../types.ts';
import { answerLines, type FileAnswer, FORMATS, type Format } from '../answer-text.ts';
import { command, FAILED, FOUND, INTERRUPTED, NONE } from '../command.ts';
import { choice, flag, number, UsageError, type Values } from '../options.ts';
import { bareSound, hear, openStandardInput } from '../stdin-sound.ts';
import type { Terminal } from '../terminal.ts';
import { line } from './tracklist.ts';

/** Each thread opens the library itself, which takes as long as recognising some clips. */
const FILES_WORTH_A_THREAD = 20;

const options = {
  json: flag('the same as --format json'),
  format: choice(FORMATS, 'the output format', 'f'),
  top: number('N', 'show up to N candidates, including unsure ones', { least: 1, most: 100, whole: true }),
  seconds: number('N', 'listen to the first N seconds only', { least: 0.5 }),
  sure: number('P', 'lowest confidence of an answer, 0 to 1', { most: 1 }),
  jobs: number(
    'N',
    'number of files at once, or of threads that search a large library for one; default: depends on the number of files, at most the number of processor cores',
    {
      least: 1,
      most: 256,
      whole: true,
      letter: 'j',
    },
  ),
  continuous: flag('"-": continue after an answer, until the sound ends'),
  ...bareSound,
};

export const recognize = command({
  name: 'recognize',
  summary: 'names the music in a sound file or from a microphone',
  usage: ['FILE ...', 'FOLDER ...', '-'],
  details: [
    'Each FILE is a clip: a few seconds of a recording, or all of it. Of videos, the sound is used. A file longer than half a minute is searched window by window until something is recognised; later windows need a higher confidence. To name everything in a long file, use "entendu tracklist". You can give thousands of files; they are answered in order. Of a folder, all sound files are used.',
    `"-" listens to standard input, live: WAV as written by arecord, sox and ffmpeg, or raw samples if you give their --rate. It answers as soon as it is sure, and gives up after --seconds (default ${GIVE_UP_SECONDS}). With --continuous it keeps listening and prints every new track.`,
    'An answer is printed with its confidence, and only if that is high enough (--sure). The time shows where in the track the file begins. "no match" means that nothing in the library fits.',
    '--json prints one object per line: file, status (match, none, error), track {id, title, artist, album, fileName}, offsetSeconds, otherOffsets (other places where the music repeats itself and fits as well), confidence (0 to 1), speed (1.02 is 2 % fast), pitch, others [...], heardSeconds, timings (milliseconds), error {name, message}. --format dejavu prints the fields of dejavu.',
    'Exit status: 0 if anything was recognised, 1 if nothing was, 2 if a file could not be read.',
  ],
  options,
  examples: [
    ['entendu recognize clip.wav', 'names one clip'],
    ['arecord -q -f cd | entendu recognize -', 'names what is playing (Linux; on a Mac: sox -q -d -t wav - | ...)'],
    ['ffmpeg -v error -i URL -f wav - | entendu recognize - --continuous', 'what a radio station plays'],
    ['entendu recognize clips/*.wav --json > answers.jsonl', 'many clips, for a script'],
  ],
  async run({ values, words, terminal }) {
    if (words.length === 0) throw new UsageError('Name a file, or - to listen: entendu recognize FILE ...');
    const format: Format = values.json ? 'json' : values.format;
    const top = values.top ?? (format === 'text' ? 1 : 3);
    const stop = interruptible();
    const library = await openLibrary(values.library, { readOnly: true, threads: values.jobs });
    const asked = { threshold: values.sure, others: top, seconds: values.seconds, signal: stop };
    const told = { found: 0, failed: 0 };
    const tell = (answer: FileAnswer) => {
      for (const line of answerLines(answer, format, top, terminal)) terminal.print(line);
      if ('fault' in answer) told.failed++;
      else if (answer.recognition.matches.length > 0) told.found++;
    };
    try {
      const files = await clipsIn(words);
      const jobs = values.jobs ?? Math.min(availableParallelism(), Math.ceil(files.length / FILES_WORTH_A_THREAD));
      if (jobs > 1 && !files.includes('-')) {
        let done = 0;
        for await (const { path, ...answer } of library.recognizeFiles(files, { ...asked, jobs })) {
          tell({ file: path, ...answer });
          terminal.progress(`${++done} of ${files.length}  ${path}`);
        }
        terminal.progress('');
        return stop.aborted ? INTERRUPTED : statusOf(told);
      }
      for (const [i, file] of files.entries()) {
        if (files.length > 1) terminal.progress(`${i} of ${files.length}  ${file}`);
        try {
          if (file !== '-') tell({ file, ...(await library.recognizeFile(file, asked)) });
          else if (values.continuous) told.found += await follow(library, values, stop, format, terminal);
          else tell(await hearOnce(library, values, stop, top));
        } catch (error) {
          if (stop.aborted) return INTERRUPTED;
          if (error instanceof UsageError) throw error;
          tell({ file, fault: faultOf(error) });
        }
      }
      terminal.progress('');
      return statusOf(told);
    } finally {
      await library.close();
    }
  },
});

const statusOf = ({ failed, found }: { failed: number; found: number }) =>
  failed > 0 ? FAILED : found > 0 ? FOUND : NONE;

/** The sound files in `words`, which may be files, folders or "-". */
async function clipsIn(words: string[]): Promise<string[]> {
  const found = words.map(async (word) =>
    word === '-' ? ['-'] : (await soundFilesIn([word])).map(({ path }) => path),
  );
  return (await Promise.all(found)).flat();
}

/** Listens to standard input until the first answer. */
async function hearOnce(
  library: Library,
  values: Values<typeof options>,
  stop: AbortSignal,
  others: number,
): Promise<FileAnswer> {
  const { sure: threshold, seconds = GIVE_UP_SECONDS } = values;
  const stream = await openStandardInput(values, stop);
  let found: { match: Match; nowSeconds: number } | undefined;
  const listening = await hear(library, stream, { threshold, others, seconds, giveUpSeconds: seconds }, (heard) => {
    if (!heard.match) return undefined;
    const { positionSeconds, ...match } = heard.match;
    const offsetSeconds = match.offsetSeconds - heard.clipSeconds * match.speed;
    found ??= { match: { ...match, offsetSeconds }, nowSeconds: positionSeconds };
    return 'enough';
  });
  const last = await listening.conclude();
  const recognition = found ? { ...last, matches: [found.match] } : last;
  return { file: '-', recognition, decodeMs: 0, nowSeconds: found?.nowSeconds };
}

/** Listens to standard input and prints every piece when it is first recognised; returns their number. */
async function follow(
  library: Library,
  values: Values<typeof options>,
  stop: AbortSignal,
  format: Format,
  terminal: Terminal,
): Promise<number> {
  const stream = await openStandardInput(values, stop);
  const pieces = new Map<number, Piece>();
  const asked = { threshold: values.sure, seconds: values.seconds, continuous: true };
  const listening = await hear(library, stream, asked, ({ piece }) => {
    if (piece && !pieces.has(piece.number)) {
      pieces.set(piece.number, piece);
      terminal.print(
        format === 'text' ? line(piece, terminal) : JSON.stringify({ file: '-', status: 'match', ...piece }),
      );
    }
    return undefined;
  });
  await listening.stop();
  return pieces.size;
}
