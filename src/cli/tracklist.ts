import { basename } from 'node:path';
import type { Played } from '../engine/api.ts';
import { interruptible } from '../node/interrupt.ts';
import { faultOf } from '../node/node-fault.ts';
import { openSoundStream } from '../node/open-file.ts';
import { openLibrary } from '../node/package.ts';
import { nameOf } from './answer-text.ts';
import { command, FAILED, FOUND, INTERRUPTED, NONE } from './command.ts';
import { cueSheet } from './cue-sheet.ts';
import { choice, flag, number, UsageError } from './options.ts';
import { bareSound, hear, openStandardInput } from './stdin-sound.ts';
import { bar, type Terminal } from './terminal.ts';
import { clock, pace, sureness } from './words.ts';

export const tracklist = command({
  name: 'tracklist',
  summary: 'names everything in a long recording: what, from when to when',
  usage: ['FILE ...', '-'],
  details: [
    'Listens through a radio show, a concert, a set or a tape, much faster than playing it, and lists the tracks of the library that are in it, with the time at which each begins and ends and the place in the track where it begins.',
    'Stretches that nothing in the library fits are told, too, when they last more than ten seconds. "-" reads standard input, as "recognize" does.',
    'Exit status: 0 when anything was recognised, 1 when nothing was, 2 when a file could not be read.',
  ],
  options: {
    format: choice(['text', 'json', 'cue'], 'as text, one JSON object per track, or a CUE sheet', 'f'),
    json: flag('the same as --format json'),
    seconds: number('N', 'listen to no more than the first N seconds', { least: 1 }),
    sure: number('P', 'lowest probability that is an answer, 0 to 1', { most: 1 }),
    ...bareSound,
  },
  examples: [
    ['entendu tracklist show.mp3', 'what was played'],
    ['entendu tracklist tape.wav --format cue > tape.cue', 'marks for a player or an editor'],
  ],
  async run({ values, words, terminal }) {
    if (words.length === 0) throw new UsageError('Which recording? entendu tracklist FILE');
    const format = values.json ? 'json' : values.format;
    const stop = interruptible();
    const library = await openLibrary(values.library, { readOnly: true });
    let found = 0;
    let failed = 0;
    try {
      for (const file of words) {
        let entries: Played[] = [];
        let seconds = 0;
        try {
          const stream = file === '-' ? await openStandardInput(values, stop) : await openSoundStream(file, stop);
          const whole = Math.min(stream.seconds ?? Infinity, values.seconds ?? Infinity);
          const options = { continuous: true, threshold: values.sure, seconds: values.seconds };
          const listening = await hear(library, stream, options, (heard) => {
            seconds = heard.seconds;
            const found = heard.piece?.number ?? 0;
            terminal.progress(`${whole < Infinity ? bar(seconds / whole) : clock(seconds)}  ${found} found`);
            return stop.aborted ? 'enough' : undefined;
          });
          await listening.conclude();
          entries = await listening.tracks();
        } catch (error) {
          failed++;
          terminal.note(`${file}: ${faultOf(error).message}`);
        }
        terminal.progress('');
        found += entries.length;
        for (const line of lines(file, entries, seconds, format, terminal)) terminal.print(line);
        if (stop.aborted) return INTERRUPTED;
      }
      return failed > 0 ? FAILED : found > 0 ? FOUND : NONE;
    } finally {
      await library.close();
    }
  },
});

function lines(file: string, entries: Played[], seconds: number, format: 'text' | 'json' | 'cue', terminal: Terminal) {
  if (format === 'cue') return cueSheet(basename(file), entries);
  if (format === 'json') return entries.map((entry) => JSON.stringify({ file, ...entry }, rounded));
  return [terminal.paint('bold', file), ...withGaps(entries, seconds).map((row) => line(row, terminal))];
}

/** To a thousandth. */
const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);

const GAP_SECONDS = 10;
type Gap = Pick<Played, 'fromSeconds' | 'toSeconds'>;

function withGaps(entries: Played[], seconds: number): (Played | Gap)[] {
  const rows: (Played | Gap)[] = [];
  let until = 0;
  for (const entry of entries) {
    if (entry.fromSeconds - until > GAP_SECONDS) rows.push({ fromSeconds: until, toSeconds: entry.fromSeconds });
    rows.push(entry);
    until = entry.toSeconds;
  }
  if (seconds - until > GAP_SECONDS) rows.push({ fromSeconds: until, toSeconds: seconds });
  return rows;
}

/** A line of the list, also for what is heard live. */
export function line(row: Played | Gap, { paint }: Pick<Terminal, 'paint'>): string {
  const stretch = `${clock(row.fromSeconds, 1).padStart(10)} - ${clock(row.toSeconds, 1).padStart(9)}   `;
  if (!('track' in row)) return paint('dim', `${stretch}not in the library`);
  const { track, trackSeconds, confidence, speed } = row;
  const played = pace(speed, speed);
  return `${stretch}${paint('bold', nameOf(track))}   from ${clock(trackSeconds, 1)}   ${sureness(confidence)}${played ? `   ${played}` : ''}`;
}
