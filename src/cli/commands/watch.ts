import { UserError } from '../../errors.ts';
import { type Library, openLibrary } from '../../node/package.ts';
import { homeLibrary } from '../../node/system/home-folder.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { playsBeside } from '../../server/watch/plays-log.ts';
import type { Play, StationEvent } from '../../server/watch/station-play.ts';
import { nameOfSource, shownSource, sourceOf } from '../../server/watch/station-source.ts';
import { named, readConfig, type WatchConfig } from '../../server/watch/watch-config.ts';
import { nameOf } from '../answer-text.ts';
import { command, FAILED, FOUND } from '../command.ts';
import { flag, list, number, text, UsageError } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { clock } from '../words.ts';

export const watch = command({
  name: 'watch',
  summary: 'monitors radio streams, devices and folders for days, and writes reports',
  usage: ['SOURCE ...', '--config FILE'],
  details: [
    'A SOURCE is the address of a stream (Icecast, HLS), a sound device (pulse:default, alsa:hw:0, avfoundation::0), or a folder in which recordings appear. All are monitored at once. A stream that ends or stalls is connected again, without affecting the others. ffmpeg must be installed.',
    'Each play is written as a line of JSON to FOLDER, one file per day, together with reports of each day and week as CSV and HTML, and alarms. It is also stored as a session in the library.',
    'A configuration file names stations, webhooks and a watch list: docs/serve.md has an example. Ctrl-C ends the sessions, writes the reports, and stops.',
  ],
  options: {
    config: text('FILE', 'what to watch, as JSON', 'c'),
    names: list('NAME,...', 'names of the stations, in order; default: their addresses'),
    out: text('FOLDER', 'folder for plays and reports; default: plays, beside the library', 'o'),
    silence: number('N', 'seconds of silence before an alarm; default 30', { least: 1, most: 86_400 }),
    sure: number('P', 'lowest confidence of an answer, 0 to 1', { most: 1 }),
    json: flag('print one JSON object per play and alarm'),
  },
  examples: [
    ['entendu watch https://radio.example/stream.mp3 --names One', 'what a station plays'],
    ['entendu watch pulse:default ~/Recordings', 'a microphone, and a folder of recordings'],
    ['entendu watch --config stations.json --out /srv/plays', 'forty stations, with webhooks'],
  ],
  async run({ values, words, terminal }) {
    const config = configFrom(values, words);
    const stopped = stopSignal();
    const folder = values.library ?? homeLibrary();
    const { library, keeps } = await opened(folder, terminal);
    const { Watcher } = await import('../../server/watch/watcher.ts');
    let fail = (_: unknown) => {};
    const failed = new Promise<unknown>((tell) => {
      fail = tell;
    });
    const watcher = new Watcher({
      engine: library,
      config,
      folder: values.out ?? playsBeside(folder),
      keeps,
      told: {
        played: (play) => terminal.print(values.json ? JSON.stringify(play) : playLine(play)),
        happened: (event) => (values.json ? terminal.print(JSON.stringify(event)) : terminal.note(eventLine(event))),
        failed: fail,
      },
    });
    for (const { name, source } of config.stations) terminal.note(`${name}: ${shownSource(source)}`);
    watcher.start();
    // An error of the whole program, such as a full disk. A lost station is not one.
    const error = await Promise.race([failed, stopped]);
    await watcher.close();
    await library.close();
    if (error === undefined) return FOUND;
    terminal.note(faultOf(error).message);
    return FAILED;
  },
});

interface WatchOptions {
  config?: string;
  names?: string[];
  silence?: number;
  sure?: number;
}

function configFrom({ config: file, names = [], silence, sure }: WatchOptions, sources: string[]): WatchConfig {
  const wrong = (why: string) => new UsageError(why);
  const read = file ? readConfig(file) : { stations: [], webhooks: [], watchList: [] };
  if (names.length > sources.length) throw wrong('There are more names than sources.');
  const more = sources.map((typed, i) => {
    const source = sourceOf(typed);
    return { source, name: names[i] || nameOfSource(source) };
  });
  const stations = named([...read.stations, ...more], wrong);
  if (stations.length === 0) throw wrong('Which source? entendu watch https://radio.example/stream.mp3');
  return { ...read, stations, ...(silence && { silenceSeconds: silence }), ...(sure !== undefined && { sure }) };
}

/** Sessions are kept where this program may write; beside a service that holds the library, it only reads. */
async function opened(folder: string, terminal: Terminal): Promise<{ library: Library; keeps: boolean }> {
  try {
    return { library: await openLibrary(folder), keeps: true };
  } catch (error) {
    if (!(error instanceof UserError && error.name === 'LibraryBusy')) throw error;
    terminal.note(
      'Another program writes to the library: plays are kept in files, but not as sessions of the library.',
    );
    return { library: await openLibrary(folder, { readOnly: true }), keeps: false };
  }
}

function playLine({ began, station, seconds, track, trackSeconds }: Play): string {
  return `${began.slice(0, 19).replace('T', ' ')}   ${station}   ${nameOf(track)}   ${clock(seconds)}   from ${clock(trackSeconds)}`;
}

function eventLine(event: StationEvent): string {
  const words = {
    connected: () => 'connected',
    lost: () => (event.event === 'lost' ? `lost: ${event.why} Again in ${event.retrySeconds} s.` : ''),
    silent: () => (event.event === 'silent' ? `silent for ${event.seconds} s` : ''),
    sound: () => 'sound again',
    watched: () => (event.event === 'watched' ? `plays ${nameOf(event.track)}, which is on the watch list` : ''),
  };
  return `${event.at.slice(0, 19).replace('T', ' ')}   ${event.station}   ${words[event.event]()}`;
}
