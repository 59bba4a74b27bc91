/** Watches a folder in which recordings appear; analyses each once, when it is complete. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Engine } from '../../engine/api.ts';
import { openSoundStream } from '../../node/decode/open-file.ts';
import { soundFilesIn } from '../../node/sound-files.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { systemPath } from '../../node/system/system-path.ts';
import type { PlaysLog } from './plays-log.ts';
import { isoOf, type Play, playedTrack, type StationEvent, tenth } from './station-play.ts';

const DONE = 'done.jsonl';
/** A recording is complete when it has not grown for this long. */
const SETTLE_MS = 5000;
const LOOK_SECONDS = 2;

interface FolderHost {
  engine: Pick<Engine, 'analyse'>;
  log: PlaysLog;
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  played(play: Play): void;
  happened(event: StationEvent): void;
}

interface FolderStationOptions {
  name: string;
  folder: string;
  sure?: number;
  keeps: boolean;
}

export class FolderStation {
  private readonly done: Set<string>;
  seconds = 0;

  constructor(
    private readonly host: FolderHost,
    private readonly options: FolderStationOptions,
  ) {
    this.done = doneIn(join(host.log.folder, DONE));
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const { path } of await soundFilesIn([this.options.folder])) {
        if (signal.aborted) return;
        await this.look(path, signal);
      }
      await this.host.wait(LOOK_SECONDS, signal);
    }
  }

  private async look(path: string, signal: AbortSignal): Promise<void> {
    const about = statSync(systemPath(path), { throwIfNoEntry: false });
    if (!about || Date.now() - about.mtimeMs < SETTLE_MS) return;
    const key = `${path} ${about.size} ${about.mtimeMs}`;
    if (this.done.has(key)) return;
    try {
      await this.analyse(path, about.mtimeMs, signal);
      if (signal.aborted) return; // the next run analyses it again
    } catch (error) {
      if (signal.aborted) return;
      const why = `${basename(path)}: ${faultOf(error).message}`;
      this.host.happened({ event: 'lost', station: this.options.name, at: isoOf(Date.now()), why, retrySeconds: 0 });
    }
    this.done.add(key);
    this.host.log.append(DONE, key);
  }

  private async analyse(path: string, endedMs: number, signal: AbortSignal): Promise<void> {
    const { name, sure, keeps } = this.options;
    const stream = await openSoundStream(path, signal);
    const record = keeps ? { source: 'file' as const, name: basename(path) } : undefined;
    const analysing = await this.host.engine.analyse(stream.sampleRate, { threshold: sure, record });
    try {
      for await (const block of stream.blocks) await analysing.push(block);
      if (signal.aborted) return;
      const { seconds, stretches } = await analysing.finish();
      this.seconds += seconds;
      // The modification time of a recording is its end.
      const beganMs = endedMs - 1000 * seconds;
      for (const { track, fromSeconds, toSeconds, trackSeconds, confidence, speed } of stretches)
        this.host.played({
          station: name,
          began: isoOf(beganMs + 1000 * fromSeconds),
          seconds: tenth(toSeconds - fromSeconds),
          track: playedTrack(track),
          trackSeconds: tenth(trackSeconds),
          confidence,
          speed,
        });
    } finally {
      await analysing.stop();
    }
  }
}

function doneIn(path: string): Set<string> {
  if (!existsSync(path)) return new Set();
  const lines = readFileSync(path, 'utf8').split('\n');
  return new Set(lines.flatMap((line) => (line.startsWith('"') && line.endsWith('"') ? JSON.parse(line) : [])));
}
