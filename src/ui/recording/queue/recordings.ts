/** Recordings that are being recognised, as the screens see them: a queue, one report for each file. */
import type { Engine, Session } from '../../../engine/api.ts';
import type { FaultName } from '../../../errors.ts';
import type { FoundFile } from '../../../learn/found-file.ts';
import { type Cell, cell } from '../../parts/state/cell.ts';
import { go } from '../../route.ts';
import type { Settings } from '../../settings/settings.ts';
import type { RecordingQueue } from './recording-queue.ts';

/** One file of the queue and what is known of it so far. */
export interface RecordingReport {
  /** Of this visit; the session has a number of its own, for good. */
  id: number;
  name: string;
  /** `missing`: left from an earlier visit, and has to be chosen again. */
  state: 'waiting' | 'working' | 'done' | 'stopped' | 'missing';
  file?: FoundFile;
  session?: Session;
  /** Seconds of sound that were searched, and what is left to wait for. */
  seconds: number;
  fraction?: number;
  leftSeconds?: number;
  /** Why nothing, or not all, could be heard. */
  fault?: FaultName | 'Unexpected';
}

export interface Recordings {
  reports: Cell<RecordingReport[]>;
  /** Finds out what is in the files, one after the other, and shows it. */
  hear(files: FoundFile[]): void;
  /** One of them, or all that are not finished. */
  stop(id?: number): void;
  /** Takes finished reports off the screen. */
  clear(): void;
  /** Goes on with what an earlier visit left undone. */
  resume(): Promise<void>;
}

export const isFinished = ({ state }: RecordingReport): boolean => state !== 'waiting' && state !== 'working';

export function openRecordings(engine: Engine, settings: Cell<Settings>): Recordings {
  const reports = cell<RecordingReport[]>([]);
  let opening: Promise<RecordingQueue> | undefined;
  // Decoders are fetched only now; listening to the microphone does without them.
  const open = () => {
    opening ??= import('./recording-queue.ts').then((part) => new part.RecordingQueue(engine, settings, reports));
    return opening;
  };
  return {
    reports,
    hear(files) {
      if (!files.length) return;
      void open().then((queue) => {
        const [first, ...more] = queue.add(files);
        go({ place: 'recording', detail: more.length ? undefined : `q${first}` });
      });
    },
    stop: (id) => void open().then((queue) => queue.stop(id)),
    clear: () => reports.set(reports.value.filter((report) => !isFinished(report))),
    resume: async () => (await open()).resume(),
  };
}
