/**
 * Files wait here until a learner is free, and what becomes of each is told. Plain state out: `publish` gets a new one
 * whenever something changed, a few times a second at most, however many files there are.
 */
import { transfer } from 'comlink';
import { decodeOnPage } from '../audio/decode-on-page.ts';
import { isTransportStream } from '../audio/formats/transport-stream.ts';
import type { Engine } from '../engine/api.ts';
import { type FaultName, faultOf, UserError } from '../errors.ts';
import type { Learnt, Track } from '../types.ts';
import type { FoundFile } from './found-file.ts';
import { type JobHost, type JobResult, learnFile } from './learn-file.ts';
import { Crew, learnersFor, type Work } from './learner-pool.ts';
import { Pace } from './pace.ts';
import { isDoubtful, isSound } from './sound-names.ts';
import { type Hired, startLearner } from './start-learner.ts';

export interface QueueRow {
  id: number;
  name: string;
  state: 'waiting' | 'learning' | 'added' | 'known' | 'similar' | 'failed' | 'cancelled' | 'missing';
  /** Share of it that was heard, 0..1. */
  share: number;
  /** How many times faster than playing it. */
  factor?: number;
  /** The track that it became, or that it is already. */
  track?: Track;
  /** Why it failed; of an added one, that it ended early. */
  fault?: FaultName | 'Unexpected';
}

export interface QueueState {
  rows: QueueRow[];
  isPaused: boolean;
  /** Files that are no sound, left out. */
  skipped: number;
  secondsLeft?: number;
}

/** What the queue keeps of its files beyond a reload: see `resume.ts`. */
export interface QueueMemory {
  put(files: (FoundFile & { id: number })[]): void;
  drop(ids: number[]): void;
}

export interface QueueOptions {
  engine: Pick<Engine, 'known' | 'add'>;
  publish(state: QueueState): void;
  /** Learn only so much of each file from its start. Read anew for each file. */
  limitSeconds?(): number | undefined;
  memory?: QueueMemory;
  hire?: () => Hired;
  learnerCount?: number;
  decodeOnPage?: JobHost['decodeOnPage'];
}

const PUBLISH_EVERY_MS = 100;

/** Of the work that a file makes: reading it once to know it by its bytes. */
const READING_SHARE = 0.05;

export class Queue {
  readonly #options: QueueOptions;
  readonly #crew: Crew;
  readonly #rows = new Map<number, QueueRow>();
  readonly #files = new Map<number, File>();
  /** Rows of files that have to be chosen again, by name. */
  readonly #missed = new Map<string, number>();
  /** Learnt, and waiting for a word on whether to keep it beside its like. */
  readonly #undecided = new Map<number, Learnt>();
  readonly #pace = new Pace();
  #waiting: number[] = [];
  #isPaused = false;
  #skipped = 0;
  #nextId = 1;
  #publishing: ReturnType<typeof setTimeout> | undefined;

  constructor(options: QueueOptions) {
    const { hire = startLearner, learnerCount = learnersFor(globalThis.navigator?.hardwareConcurrency) } = options;
    const forLearner = async (file: Blob) => {
      const sound = await decodeOnPage(file);
      return transfer(
        sound,
        sound.channels.map(({ buffer }) => buffer),
      );
    };
    this.#options = { decodeOnPage: typeof OfflineAudioContext === 'undefined' ? undefined : forLearner, ...options };
    this.#crew = new Crew({ hire, size: learnerCount, stuck: (id) => this.#giveUp(id) });
  }

  /** Those that are no sound, by their name or by what is in them, are left out and counted; then it resolves. */
  async add(files: Iterable<File | FoundFile>): Promise<void> {
    const taken: FoundFile[] = [];
    const doubtful: Promise<void>[] = [];
    for (const one of files) {
      const found = one instanceof File ? { file: one } : one;
      if (!isSound(found.file)) this.#skipped++;
      else if (isDoubtful(found.file)) doubtful.push(this.#lookInto(found));
      else taken.push(found);
    }
    this.#take(taken);
    await Promise.all(doubtful);
  }

  /** Files of an earlier visit that have to be chosen again. */
  miss(names: Iterable<string>): void {
    for (const name of names) {
      const id = this.#nextId++;
      this.#missed.set(name, id);
      this.#rows.set(id, { id, name, state: 'missing', share: 0 });
    }
    this.#publish();
  }

  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
    this.#goOn();
  }

  /** One file, or all that are not finished. */
  cancel(id?: number): void {
    const isMeant = (one: number) => id === undefined || one === id;
    const stopped = [...this.#waiting, ...this.#crew.ids].filter(isMeant);
    this.#waiting = this.#waiting.filter((one) => !isMeant(one));
    for (const one of stopped) {
      this.#crew.stop(one);
      this.#end(one, { state: 'cancelled' });
    }
    if (id === undefined) this.#setPaused(false);
    this.#goOn();
  }

  /** One file that failed or was cancelled, or all that failed. */
  retry(id?: number): void {
    const isMeant = ({ id: one, state }: QueueRow) =>
      (id === undefined || one === id) && (state === 'failed' || (state === 'cancelled' && one === id));
    for (const row of [...this.#rows.values()].filter(isMeant)) {
      const file = this.#files.get(row.id);
      if (!file) continue;
      this.#change(row.id, { state: 'waiting', share: 0, fault: undefined });
      this.#wait(row.id, file);
    }
    this.#goOn();
  }

  /** Keeps a recording beside the one that is like it. */
  async addAnyway(id: number): Promise<void> {
    const learnt = this.#undecided.get(id);
    if (!learnt) return;
    await this.#options.engine.add(learnt, { evenIfSimilar: true }).then(
      (added) => this.#finish(id, added),
      (error) => this.#fail(id, error),
    );
  }

  /** Forgets the rows that are finished. */
  clear(): void {
    for (const { id, state } of [...this.#rows.values()]) {
      if (state === 'waiting' || state === 'learning') continue;
      this.#rows.delete(id);
      this.#files.delete(id);
      this.#undecided.delete(id);
    }
    this.#skipped = 0;
    this.#publish();
  }

  async #lookInto(found: FoundFile): Promise<void> {
    // What cannot be read gets its row, and its reason there.
    if (await isTransportStream(found.file).catch(() => true)) return this.#take([found]);
    this.#skipped++;
    this.#publish();
  }

  #take(files: FoundFile[]): void {
    const entered = files.map((found) => ({ ...found, id: this.#enter(found.file) }));
    this.#options.memory?.put(entered);
    this.#goOn();
  }

  #enter(file: File): number {
    const id = this.#nextId++;
    const missed = this.#missed.get(file.name);
    if (missed !== undefined) this.#rows.delete(missed);
    this.#rows.set(id, { id, name: file.name, state: 'waiting', share: 0 });
    this.#files.set(id, file);
    this.#wait(id, file);
    return id;
  }

  #wait(id: number, file: File): void {
    this.#pace.expect(id, file.size);
    this.#waiting.push(id);
  }

  #setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#pace.pause(isPaused);
    this.#crew.pause(isPaused);
    this.#publish();
  }

  #goOn(): void {
    while (!this.#isPaused && this.#crew.hasRoom) {
      const id = this.#waiting.shift();
      if (id === undefined) break;
      void this.#do(this.#crew.begin(id));
    }
    if (this.#waiting.length === 0 && this.#crew.ids.length === 0) {
      this.#crew.rest();
      this.#pace.rest();
    }
    this.#publish();
  }

  async #do(work: Work): Promise<void> {
    const { id, learner } = work;
    const file = this.#files.get(id) as File;
    this.#change(id, { state: 'learning', share: 0, factor: undefined });
    const isOn = () => this.#crew.isOn(work);
    const tell = (share: number, factor?: number) => {
      work.silentSeconds = 0;
      if (!isOn()) return;
      this.#pace.reach(id, share);
      this.#change(id, { share, factor });
    };
    const host = { ...this.#options, limitSeconds: this.#options.limitSeconds?.() };
    try {
      const result = await learnFile(file, learner, host, {
        read: (share) => tell(READING_SHARE * share),
        heard: ({ share, factor }) => tell(READING_SHARE + (1 - READING_SHARE) * share, factor),
        // While the library takes it in, the next can be heard.
        adding: () => {
          if (!isOn()) throw new Error('stopped');
          this.#crew.release(work);
          this.#goOn();
        },
      });
      if (isOn()) this.#finish(id, result);
    } catch (error) {
      if (isOn()) this.#fail(id, error);
    }
    // One that was stopped is gone, and its learner with it.
    if (!isOn()) return;
    this.#crew.end(work);
    this.#goOn();
  }

  #finish(id: number, { state, track, endsEarly, learnt }: JobResult): void {
    if (learnt) this.#undecided.set(id, learnt);
    else this.#undecided.delete(id);
    this.#files.delete(id);
    this.#end(id, { state, track, share: 1, fault: endsEarly ? 'FileDamaged' : undefined });
  }

  #fail(id: number, error: unknown): void {
    console.warn(`${this.#rows.get(id)?.name} was not learnt:`, error);
    this.#end(id, { state: 'failed', fault: faultOf(error).name });
  }

  #end(id: number, changes: Partial<QueueRow>): void {
    this.#pace.reach(id, 1);
    this.#options.memory?.drop([id]);
    this.#change(id, changes);
  }

  #giveUp(id: number): void {
    this.#fail(id, new UserError('FileDamaged', 'The file is damaged: decoding it does not come to an end.'));
    this.#goOn();
  }

  #change(id: number, changes: Partial<QueueRow>): void {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, ...changes });
    this.#publish();
  }

  #publish(): void {
    this.#publishing ??= setTimeout(() => {
      this.#publishing = undefined;
      const secondsLeft = this.#isPaused ? undefined : this.#pace.secondsLeft();
      const rows = [...this.#rows.values()];
      this.#options.publish({ rows, isPaused: this.#isPaused, skipped: this.#skipped, secondsLeft });
    }, PUBLISH_EVERY_MS);
  }
}
