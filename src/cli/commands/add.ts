import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { Pace } from '../../learn/pace.ts';
import type { FileAdded } from '../../node/package.ts';
import { type SoundPath, soundFilesIn } from '../../node/sound-files.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { nameOf } from '../answer-text.ts';
import { command, FAILED, FOUND, INTERRUPTED } from '../command.ts';
import { openToChange } from '../open-library.ts';
import { flag, list, number, UsageError } from '../options.ts';
import { bar, type Terminal } from '../terminal.ts';
import { clock, count, counted, duration, sureness } from '../words.ts';

export const add = command({
  name: 'add',
  summary: 'learns sound files, or all sound files in folders',
  usage: ['PATH ...'],
  details: [
    'Listens to every file once and stores what is needed to recognise it: less than four kilobytes per minute, never the sound itself. Of videos, the sound is learnt. Title, artist and album are read from the file, or guessed from its name.',
    'Folders are searched with their subfolders for files with the extensions of sound and video files. A file named directly is always tried, whatever its extension.',
    'A track is stored as soon as its line is printed. If the command is interrupted (Ctrl-C, a crash, a power failure), run it again: it continues where it stopped. Files with the same bytes are never learnt twice. The same recording in another file is reported and skipped, unless you use --even-if-similar.',
    'WAV and AIFF can always be read. Other formats are decoded by the package @mediabunny/server if it is installed, otherwise by the program ffmpeg.',
    'Exit status: 0 if all files were learnt or known, 2 if any file could not be learnt; the others are learnt all the same.',
  ],
  options: {
    ext: list('EXT,EXT', 'in folders, only learn files with these extensions'),
    jobs: number('N', 'number of files to learn at once; default: the number of processor cores', {
      least: 1,
      most: 256,
      whole: true,
      letter: 'j',
    }),
    limit: number('SECONDS', 'only learn this much from the start of each file', { least: 1 }),
    evenIfSimilar: flag('also learn a recording that the library already has from another file'),
    json: flag('print one JSON object per file'),
  },
  examples: [
    ['entendu add ~/Music', 'all sound files in a folder'],
    ['entendu add ~/Music --ext mp3,flac --jobs 2', 'some of them, using two cores'],
    ['entendu add rain.mp3 wind.ogg', 'two files'],
  ],
  async run({ values, words, terminal }) {
    if (words.length === 0) throw new UsageError('Name files or folders to learn: entendu add PATH ...');
    const files = await soundFilesIn(words, values.ext);
    if (files.length === 0) throw new UsageError(`No sound files in ${words.join(', ')}.`);
    const stop = interruptible();
    const library = await openToChange(values.library, terminal);
    try {
      const watch = new Watch(files, terminal);
      const added = library.addFiles(
        files.map(({ path }) => path),
        {
          jobs: values.jobs ?? availableParallelism(),
          limitSeconds: values.limit,
          evenIfSimilar: values.evenIfSimilar,
          signal: stop,
          progress: (path, share) => watch.heard(path, share),
        },
      );
      for await (const file of added) {
        watch.done(file);
        if (values.json) terminal.print(JSON.stringify(jsonOf(file)));
        else if (!terminal.isWatched || isNotable(file)) terminal.print(lineOf(file, terminal));
        if (!values.json && file.lyricsFault)
          terminal.print(
            `${terminal.paint('yellow', 'skipped')}  ${file.lyricsFault.path}: ${file.lyricsFault.message}`,
          );
        watch.show();
      }
      terminal.progress('');
      terminal.note(watch.summary());
      if (watch.counts.similar > 0)
        terminal.note('Similar recordings were skipped; --even-if-similar learns them, too.');
      if (stop.aborted) terminal.note('Stopped. Run the command again to continue.');
      return stop.aborted ? INTERRUPTED : watch.counts.failed > 0 ? FAILED : FOUND;
    } finally {
      await library.close();
    }
  },
});

const isNotable = (file: FileAdded) =>
  file.state === 'failed' || file.state === 'similar' || (file.state === 'added' && file.endsEarly === true);

const likeness = { same: 'the library has it as', excerpt: 'it is an excerpt of', contains: 'it contains' };

function lineOf(file: FileAdded, { paint }: Terminal): string {
  switch (file.state) {
    case 'failed':
      return `${paint('red', 'failed ')}  ${file.path}: ${file.fault.message}`;
    case 'known':
      return `${paint('dim', 'known  ')}  ${file.path}`;
    case 'similar':
      return `${paint('yellow', 'similar')}  ${file.path}: ${likeness[file.kind ?? 'same']} ${nameOf(file.track)}, ${sureness(file.confidence)}`;
    case 'added':
      if (file.endsEarly)
        return `${paint('yellow', 'added  ')}  ${file.path}: ${nameOf(file.track)}, up to ${clock(file.track.learntSeconds)}, where the file ends early`;
      return `${paint('green', 'added  ')}  ${file.path}: ${nameOf(file.track)}`;
  }
}

function jsonOf(file: FileAdded) {
  const { lyricsFault } = file;
  if (file.state === 'failed') return { file: file.path, status: 'error', error: file.fault, lyricsFault };
  const { path, state, track, endsEarly } = file;
  const confidence = state === 'similar' ? file.confidence : undefined;
  return { file: path, status: state, track, confidence, endsEarly, lyricsFault };
}

/** Shows progress and the estimated remaining time. */
class Watch {
  readonly counts = { added: 0, known: 0, similar: 0, failed: 0 };
  readonly #started = performance.now();
  readonly #pace = new Pace();
  readonly #files: Map<string, { number: number; bytes: number }>;
  readonly #totalBytes: number;
  /** Progress of the files that are being learnt, 0..1. */
  readonly #running = new Map<string, number>();
  #doneBytes = 0;
  #seconds = 0;
  #last = '';

  constructor(
    files: SoundPath[],
    private readonly terminal: Terminal,
  ) {
    this.#files = new Map(files.map(({ path, bytes }, number) => [path, { number, bytes }]));
    this.#totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { number, bytes } of this.#files.values()) this.#pace.expect(number, bytes);
  }

  heard(path: string, share: number): void {
    this.#running.set(path, share);
    this.#last = path;
    this.#pace.reach(this.#files.get(path)?.number ?? -1, share);
    this.show();
  }

  done(file: FileAdded): void {
    const { number = -1, bytes = 0 } = this.#files.get(file.path) ?? {};
    this.counts[file.state]++;
    this.#running.delete(file.path);
    this.#doneBytes += bytes;
    this.#pace.reach(number, 1);
    if (file.state === 'added') this.#seconds += file.track.learntSeconds;
  }

  show(): void {
    if (!this.terminal.isWatched) return;
    let bytes = this.#doneBytes;
    for (const [path, share] of this.#running) bytes += share * (this.#files.get(path)?.bytes ?? 0);
    const { added, known, similar, failed } = this.counts;
    const left = this.#pace.secondsLeft();
    const words = [
      bar(bytes / Math.max(1, this.#totalBytes)),
      `${count(added + known + similar + failed)} of ${count(this.#files.size)}`,
      ...(left === undefined ? [] : [`${duration(left)} left`]),
      basename(this.#last),
    ];
    this.terminal.progress(words.join('  '));
  }

  summary(): string {
    const { added, known, similar, failed } = this.counts;
    const elapsed = (performance.now() - this.#started) / 1000;
    const pace = this.#seconds > 0 ? `, ${count(this.#seconds / elapsed)} times as fast as playing it` : '';
    const parts = [
      `${counted(added, 'track')} added (${duration(this.#seconds)} of music) in ${duration(elapsed)}${pace}`,
      known && `${count(known)} already known`,
      similar && `${count(similar)} similar to known ones`,
      failed && `${count(failed)} failed`,
    ];
    return `${parts.filter(Boolean).join('; ')}.`;
  }
}
