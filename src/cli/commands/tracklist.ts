import { basename } from 'node:path';
import { leastOf } from '../../audio/claimed-length.ts';
import { analyseBlocks } from '../../engine/analyse-blocks.ts';
import type { Piece, Session } from '../../engine/api.ts';
import { openSoundStream } from '../../node/decode/open-file.ts';
import { type Library, openLibrary } from '../../node/package.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { sessionsCsv } from '../../sessions/formats/session-csv.ts';
import { SESSION_FORMATS } from '../../sessions/formats/session-formats.ts';
import { songsInFiles, songsInFilesCsv } from '../../sessions/formats/songs-in-files.ts';
import { GAP_WORDS, timelineOf } from '../../sessions/formats/timeline-rows.ts';
import { nameOf } from '../answer-text.ts';
import { command, FAILED, FOUND, INTERRUPTED, NONE } from '../command.ts';
import { choice, flag, number, UsageError, type Values } from '../options.ts';
import { bareSound, openStandardInput } from '../stdin-sound.ts';
import { bar, type Terminal } from '../terminal.ts';
import { clock, counted, duration, pace, sureness } from '../words.ts';

const options = {
  format: choice(
    ['text', 'json', 'csv', 'cue', 'chapters'],
    'text, one JSON object per recording, CSV, a CUE sheet, or chapters for a video',
    'f',
  ),
  json: flag('the same as --format json'),
  summary: flag('show which song is in which file and for how long, as text or CSV'),
  keep: flag('store each recording as a session in the library'),
  seconds: number('N', 'listen to the first N seconds only', { least: 1 }),
  sure: number('P', 'lowest confidence of an answer, 0 to 1', { most: 1 }),
  ...bareSound,
};

type TracklistOptions = Values<typeof options>;

export const tracklist = command({
  name: 'tracklist',
  summary: 'lists all tracks in a long recording, with their times',
  usage: ['FILE ...', '-'],
  details: [
    'Listens to a radio show, a concert, a DJ set or a tape, much faster than playing it, and lists the tracks of the library that are in it: when each begins and ends, and at which position of the track it begins.',
    'Parts longer than ten seconds in which nothing was recognised are listed, too. "-" reads standard input, as "recognize" does. A file that is damaged in the middle is listed up to that point.',
    'Exit status: 0 if anything was recognised, 1 if nothing was, 2 if a file could not be read.',
  ],
  options,
  examples: [
    ['entendu tracklist show.mp3', 'what was played'],
    ['entendu tracklist tape.wav --format cue > tape.cue', 'marks for a player or an editor'],
    ['entendu tracklist videos/*.mp4 --summary --format csv', 'which song is in which video'],
  ],
  async run({ values, words, terminal }) {
    if (words.length === 0) throw new UsageError('Name a recording: entendu tracklist FILE');
    const format = values.json ? 'json' : values.format;
    if (values.summary && format !== 'text' && format !== 'csv')
      throw new UsageError('--summary can only be written as text or CSV.');
    const stop = interruptible();
    const library = await openLibrary(values.library, { readOnly: !values.keep });
    const sessions: Session[] = [];
    let failed = 0;
    try {
      for (const file of words) {
        try {
          const session = await analysed(library, file, values, stop, terminal);
          if (session.fault) {
            failed++;
            terminal.note(`${file}: ended at ${clock(session.seconds)}: ${session.fault.message}`);
          }
          sessions.push(session);
          if (!values.summary) tell(file, session, format, sessions.length === 1, terminal);
        } catch (error) {
          if (stop.aborted) return INTERRUPTED;
          failed++;
          terminal.note(`${file}: ${faultOf(error).message}`);
        }
        if (stop.aborted) return INTERRUPTED;
      }
      if (values.summary) tellSummary(sessions, format === 'csv', terminal);
      const found = sessions.some(({ stretches }) => stretches.length > 0);
      return failed > 0 ? FAILED : found ? FOUND : NONE;
    } finally {
      await library.close();
    }
  },
});

async function analysed(
  library: Library,
  file: string,
  values: TracklistOptions,
  stop: AbortSignal,
  terminal: Terminal,
): Promise<Session> {
  const stream = file === '-' ? await openStandardInput(values, stop) : await openSoundStream(file, stop);
  const { sampleRate, blocks } = stream;
  async function* sound() {
    for await (const samples of blocks) yield { samples, sampleRate };
  }
  const whole = Math.min(stream.seconds ?? Infinity, values.seconds ?? Infinity);
  const start = { source: file === '-' ? ('stream' as const) : ('file' as const), name: basename(file) };
  const session = await analyseBlocks(library, sound(), {
    threshold: values.sure,
    seconds: values.seconds,
    expectedSeconds: whole < Infinity ? whole : undefined,
    leastSeconds: leastOf(stream.seconds),
    signal: stop,
    ...(values.keep && { record: start }),
    progress({ seconds, fraction, leftSeconds, found }) {
      const left = leftSeconds === undefined ? '' : `  ${duration(leftSeconds)} left`;
      terminal.progress(`${fraction === undefined ? clock(seconds) : bar(fraction)}  ${found} found${left}`);
    },
  });
  terminal.progress('');
  return { ...(session as Session), ...start };
}

function tell(
  file: string,
  session: Session,
  format: TracklistOptions['format'],
  isFirst: boolean,
  terminal: Terminal,
): void {
  if (format === 'json') {
    terminal.print(JSON.stringify({ file, ...session }, rounded));
    return;
  }
  if (format === 'text') {
    terminal.print(terminal.paint('bold', file));
    for (const row of timelineOf(session)) {
      terminal.print('track' in row ? line(row, terminal) : gapLine(row, terminal));
    }
    return;
  }
  const text = format === 'csv' ? sessionsCsv([session]) : SESSION_FORMATS[format].write(session);
  const lines = text.trimEnd().split(/\r?\n/);
  for (const each of format === 'csv' && !isFirst ? lines.slice(1) : lines) terminal.print(each);
}

function tellSummary(sessions: Session[], isCsv: boolean, terminal: Terminal): void {
  const songs = songsInFiles(sessions);
  if (isCsv) {
    for (const each of songsInFilesCsv(songs).trimEnd().split('\r\n')) terminal.print(each);
    return;
  }
  for (const { track, seconds, files } of songs) {
    terminal.print(
      `${terminal.paint('bold', nameOf(track))}   ${duration(seconds)} in ${counted(files.length, 'file')}`,
    );
    for (const entry of files) terminal.print(`    ${duration(entry.seconds).padStart(12)}   ${entry.session.name}`);
  }
}

/** Rounds numbers to a thousandth. */
const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);

const span = ({ fromSeconds, toSeconds }: { fromSeconds: number; toSeconds: number }) =>
  `${clock(fromSeconds, 1).padStart(10)} - ${clock(toSeconds, 1).padStart(9)}   `;

const gapLine = (gap: Session['gaps'][number], { paint }: Terminal) =>
  paint('dim', `${span(gap)}${GAP_WORDS[gap.sound]}`);

/** A line of the list; also used by live listening. */
export function line(
  row: Pick<Piece, 'fromSeconds' | 'toSeconds' | 'trackSeconds' | 'confidence' | 'speed'> & {
    track: { title: string; artist?: string };
  },
  { paint }: Pick<Terminal, 'paint'>,
): string {
  const { track, trackSeconds, confidence, speed } = row;
  const played = pace(speed, speed);
  return `${span(row)}${paint('bold', nameOf(track))}   from ${clock(trackSeconds, 1)}   ${sureness(confidence)}${played ? `   ${played}` : ''}`;
}
