/** Runs all stations, and passes on what they hear: to files, reports and webhooks. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../../engine/api.ts';
import { ffmpegStream } from '../../node/decode/ffmpeg-stream.ts';
import type { SoundStream } from '../../node/decode/raw-sound.ts';
import { FolderStation } from './folder-station.ts';
import { PlaysLog } from './plays-log.ts';
import { ReportFiles } from './report-files.ts';
import { Station } from './station.ts';
import { isoOf, type Play, type StationEvent } from './station-play.ts';
import { inputOf } from './station-source.ts';
import type { StationConfig, WatchConfig } from './watch-config.ts';
import { watchListOf } from './watch-list.ts';
import { Webhooks } from './webhooks.ts';

interface WatcherOptions {
  engine: Engine;
  config: WatchConfig;
  /** Folder for plays, events and reports. */
  folder: string;
  /** Also store sessions in the library. */
  keeps: boolean;
  told: { played?(play: Play): void; happened?(event: StationEvent): void; failed(error: unknown): void };
  /** For tests: how to open a stream, and how to wait. */
  open?(station: StationConfig, signal: AbortSignal): Promise<SoundStream>;
  wait?(seconds: number, signal: AbortSignal): Promise<void>;
}

const SILENCE_SECONDS = 30;
const REPORT_SECONDS = 60;

export class Watcher {
  private readonly stop = new AbortController();
  private readonly log: PlaysLog;
  private readonly reports: ReportFiles;
  private readonly hooks: Webhooks;
  private readonly isWatched: (track: Play['track']) => boolean;
  private running: Promise<unknown> = Promise.resolve();
  readonly stations: { name: string; station: Station | FolderStation }[];

  constructor(private readonly options: WatcherOptions) {
    const { config, folder } = options;
    // Every station waits for it; Node warns of more than ten.
    setMaxListeners(0, this.stop.signal);
    this.log = new PlaysLog(folder);
    this.reports = new ReportFiles(this.log);
    this.isWatched = watchListOf(config.watchList);
    this.hooks = new Webhooks(config.webhooks, {
      fetch: (address, init) => fetch(address, init),
      wait,
      now: Date.now,
      dead: (letter) => this.log.append('dead-letters.jsonl', letter),
    });
    this.stations = config.stations.map((station) => ({ name: station.name, station: this.stationOf(station) }));
  }

  start(): void {
    const { signal } = this.stop;
    const all = this.stations.map(({ station }) => station.run(signal));
    this.running = Promise.all([...all, this.keepReports(signal)]).catch((error) => this.options.told.failed(error));
  }

  /** Ends the sessions, writes the reports, and sends pending webhooks or stores them as dead letters. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
    this.reports.write();
    await this.hooks.close();
  }

  private stationOf(config: StationConfig): Station | FolderStation {
    const { name, source } = config;
    const { engine, keeps, config: all } = this.options;
    const host = {
      engine,
      log: this.log,
      wait: this.options.wait ?? wait,
      now: Date.now,
      played: (play: Play) => this.played(play),
      happened: (event: StationEvent) => this.happened(event),
      isWatched: this.isWatched,
    };
    if (source.kind === 'folder')
      return new FolderStation(host, { name, folder: source.folder, sure: all.sure, keeps });
    const open =
      this.options.open ??
      ((_: StationConfig, signal: AbortSignal) =>
        ffmpegStream({ ...inputOf(source, signal), patienceSeconds: all.stallSeconds }));
    return new Station(
      { ...host, open: (signal) => open(config, signal) },
      { name, silenceSeconds: all.silenceSeconds ?? SILENCE_SECONDS, sure: all.sure, keeps },
    );
  }

  private played(play: Play): void {
    this.log.add(play);
    this.reports.note(play);
    this.hooks.send('play', isoOf(Date.now()), play);
    this.options.told.played?.(play);
  }

  private happened(event: StationEvent): void {
    this.log.note(event);
    this.hooks.send(event.event, event.at, event);
    this.options.told.happened?.(event);
  }

  private async keepReports(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await wait(REPORT_SECONDS, signal);
      this.reports.write();
    }
  }
}

/** Resolves early if the signal aborts. */
async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  await delay(1000 * seconds, undefined, { signal }).catch(() => {});
}
