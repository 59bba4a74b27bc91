/** Recognises one file after the other. What waits is noted, so that a reload does not lose it. */
import type { Engine } from '../../../engine/api.ts';
import { faultOf } from '../../../errors.ts';
import type { FoundFile } from '../../../learn/found-file.ts';
import { type Left, QueueNotes } from '../../../learn/unfinished-files.ts';
import { rememberFile } from '../../adding/song-files.ts';
import type { Cell } from '../../parts/state/cell.ts';
import { type Settings, thresholds } from '../../settings/settings.ts';
import { soundKey } from '../recording-sound.ts';
import { analyseFile } from './analyse-file.ts';
import { isFinished, type RecordingReport } from './recordings.ts';
import { removeBegun } from './remove-begun.ts';

/** Files up to this size are copied aside where they could not be opened again after a reload. */
const COPIED_BYTES = 300e6;

export class RecordingQueue {
  readonly #notes = new QueueNotes('entendu-recordings');
  #lastId = 0;
  #isRunning = false;
  /** Reports of files that an earlier visit had begun, or not. */
  readonly #resumed = new Set<number>();

  constructor(
    private readonly engine: Engine,
    private readonly settings: Cell<Settings>,
    private readonly reports: Cell<RecordingReport[]>,
  ) {}

  /** Returns the numbers of their reports. */
  add(files: FoundFile[]): number[] {
    const added = files.map((file): RecordingReport => {
      this.#lastId += 1;
      return { id: this.#lastId, name: file.file.name, file, state: 'waiting', seconds: 0 };
    });
    this.reports.set([...this.reports.value, ...added]);
    this.#notes.put(added.map(({ id, file }) => ({ ...(file as FoundFile), id, isKept: isCopied(file as FoundFile) })));
    void this.#run();
    return added.map(({ id }) => id);
  }

  stop(id?: number): void {
    for (const report of this.reports.value) {
      if ((id !== undefined && report.id !== id) || isFinished(report)) continue;
      this.#change(report.id, { state: 'stopped' });
      this.#notes.drop([report.id]);
    }
  }

  /** What an earlier visit left: what can be opened goes on, the rest has to be chosen again. */
  async resume(): Promise<void> {
    const { found, locked, missing }: Left = await this.#notes.recall();
    if (found.length) for (const id of this.add(found)) this.#resumed.add(id);
    for (const name of [...locked, ...missing]) {
      this.#lastId += 1;
      this.reports.set([...this.reports.value, { id: this.#lastId, name, state: 'missing', seconds: 0 }]);
    }
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (;;) {
      const next = this.reports.value.find(({ state }) => state === 'waiting');
      if (!next) break;
      await this.#recognise(next.id, (next.file as FoundFile).file);
    }
    this.#isRunning = false;
  }

  async #recognise(id: number, file: File): Promise<void> {
    this.#change(id, { state: 'working' });
    const stop = new AbortController();
    const isStopped = () => this.reports.value.find((report) => report.id === id)?.state !== 'working';
    const end = this.reports.subscribe(() => isStopped() && stop.abort());
    try {
      const options = { threshold: thresholds[this.settings.value.answers], signal: stop.signal };
      await analyseFile(this.engine, file, options, (known) => this.#change(id, known));
      if (isStopped()) return;
      this.#change(id, { state: 'done' });
      this.#rememberFile(id);
      if (this.#resumed.has(id)) this.#removeBegun(id);
    } catch (error) {
      console.error(error);
      if (!isStopped()) this.#change(id, { state: 'done', fault: faultOf(error).name });
    } finally {
      end();
      this.#notes.drop([id]);
    }
  }

  #removeBegun(id: number): void {
    const { session } = this.reports.value.find((report) => report.id === id) ?? {};
    if (session?.state !== 'ended') return;
    removeBegun(this.engine.sessions, session).catch((error) => console.warn('a begun session stays', error));
  }

  /** So that it can be heard when it is opened from History, after a reload too where the browser gave a handle. */
  #rememberFile(id: number): void {
    const { session, file } = this.reports.value.find((report) => report.id === id) ?? {};
    if (!session || !file) return;
    rememberFile(soundKey(session), file).catch((error) => console.warn('a file could not be remembered', error));
  }

  #change(id: number, changes: Partial<RecordingReport>): void {
    this.reports.set(this.reports.value.map((report) => (report.id === id ? { ...report, ...changes } : report)));
  }
}

const isCopied = ({ handle, file }: FoundFile): boolean => !handle && file.size <= COPIED_BYTES;
