/** Recordings that are being recognised, as the screens see them: a queue, one report for each file. */
import type { Engine } from '../../engine/api.ts';
import type { FoundFile } from '../../learn/found-file.ts';
import { type Cell, cell } from '../parts/cell.ts';
import { go } from '../route.ts';
import { type Settings, thresholds } from '../settings/settings.ts';
import type { Recording } from './analyse-file.ts';

/** One file of the queue and what was found in it so far. */
export interface Report extends Recording {
  id: number;
  state: 'waiting' | 'working' | 'done' | 'stopped';
  source: FoundFile;
}

export interface Recordings {
  reports: Cell<Report[]>;
  /** Finds out what is in the files, one after the other, and shows it. */
  hear(files: FoundFile[]): void;
  /** One of them, or all that are not finished. */
  stop(id?: number): void;
  /** Takes finished reports off the screen. */
  clear(): void;
}

export const isFinished = ({ state }: Report): boolean => state === 'done' || state === 'stopped';

export function openRecordings(engine: Engine, settings: Cell<Settings>): Recordings {
  const reports = cell<Report[]>([]);
  let lastId = 0;
  let isRunning = false;

  const change = (id: number, changes: Partial<Report>) =>
    reports.set(reports.value.map((report) => (report.id === id ? { ...report, ...changes } : report)));

  async function run() {
    if (isRunning) return;
    isRunning = true;
    // Decoders are fetched only now; listening to the microphone does without them.
    const { listenToFile } = await import('./analyse-file.ts');
    for (;;) {
      const next = reports.value.find(({ state }) => state === 'waiting');
      if (!next) break;
      change(next.id, { state: 'working' });
      const isStopped = () => reports.value.find(({ id }) => id === next.id)?.state !== 'working';
      for await (const now of listenToFile(engine, next.source.file, {
        threshold: thresholds[settings.value.answers],
      })) {
        if (isStopped()) break;
        change(next.id, now);
      }
      if (!isStopped()) change(next.id, { state: 'done' });
    }
    isRunning = false;
  }

  return {
    reports,
    hear(files) {
      const added = files.map((source): Report => {
        lastId += 1;
        const { name } = source.file;
        return { id: lastId, source, fileName: name, state: 'waiting', heardSeconds: 0, played: [], isDone: false };
      });
      if (!added.length) return;
      reports.set([...reports.value, ...added]);
      void run();
      go(added.length === 1 ? { place: 'recording', detail: String(added[0].id) } : { place: 'recording' });
    },
    stop(id) {
      for (const report of reports.value) {
        if ((id === undefined || report.id === id) && !isFinished(report)) {
          change(report.id, { state: 'stopped', isDone: true });
        }
      }
    },
    clear: () => reports.set(reports.value.filter((report) => !isFinished(report))),
  };
}
