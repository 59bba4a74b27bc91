/** The queue of files to learn. Its rows say what becomes of each file: see `queue-rows.ts`. */
import { isTransportStream } from '../../../audio/formats/transport-stream.ts';
import type { Engine } from '../../../engine/api.ts';
import { faultOf } from '../../../errors.ts';
import type { FoundFile } from '../../../learn/found-file.ts';
import type { TellShare } from '../../../learn/hear-file.ts';
import { learnOn } from '../../../learn/learn-on.ts';
import type { Learner, LearnResult } from '../../../learn/learner.ts';
import { type JobSteps, Jobs } from '../../../learn/run-jobs.ts';
import { isDoubtful, isSound } from '../../../learn/sound-names.ts';
import { startLearner } from '../../../learn/start-learner.ts';
import type { UnfinishedFiles } from '../../../learn/unfinished-files.ts';
import { type Started, WorkerPool } from '../../../learn/worker-pool.ts';
import type { Learnt } from '../../../types.ts';
import { type LyricsEngine, QueueLyrics } from './queue-lyrics.ts';
import { QueueRows, type QueueState } from './queue-rows.ts';

export interface QueueOptions {
  engine: Pick<Engine, 'known' | 'add'>;
  /** Takes lyrics; without it, files of lyrics are left out. */
  lyrics?: LyricsEngine;
  publish(state: QueueState): void;
  /** Learn only so much of each file from its start. Called for each file. */
  limitSeconds?(): number | undefined;
  /** Keeps what is not finished for the next visit. */
  unfinished?: UnfinishedFiles;
  start?: () => Started<Learner>;
  learnerCount?: number;
}

/** One core stays free for the page. */
export const learnersFor = (cores = 2): number => Math.min(4, Math.max(1, cores - 1));

export class Queue {
  readonly #options: QueueOptions;
  readonly #rows: QueueRows;
  readonly #lyrics: QueueLyrics;
  readonly #learners: WorkerPool<Learner>;
  readonly #jobs: Jobs<number>;
  readonly #files = new Map<number, File>();
  /** Similar to a track in the library: kept until the person decides whether to add them too. */
  readonly #undecided = new Map<number, Learnt>();
  #waiting: number[] = [];

  constructor(options: QueueOptions) {
    const { engine, publish, start = () => startLearner(engine) } = options;
    const { learnerCount = learnersFor(globalThis.navigator?.hardwareConcurrency) } = options;
    this.#options = options;
    this.#rows = new QueueRows(publish);
    this.#lyrics = new QueueLyrics(options.lyrics, this.#rows, (id, error) => this.#fail(id, error));
    this.#learners = new WorkerPool(start);
    this.#jobs = new Jobs<number>({
      atOnce: learnerCount,
      take: () => (this.#rows.isPaused ? undefined : this.#waiting.shift()),
      run: (id, steps) => this.#learn(id, steps),
      rested: () => this.#rest(),
    });
  }

  /** Files that are no sound, by name or content, are left out and counted. Resolves when all have been checked. */
  async add(files: Iterable<File | FoundFile>): Promise<void> {
    const taken: FoundFile[] = [];
    const doubtful: Promise<void>[] = [];
    let skipped = 0;
    for (const one of files) {
      const found = one instanceof File ? { file: one } : one;
      const given = this.#lyrics.take(found.file);
      if (given) doubtful.push(given);
      else if (!isSound(found.file)) skipped++;
      else if (isDoubtful(found.file)) doubtful.push(this.#lookInto(found));
      else taken.push(found);
    }
    this.#rows.skip(skipped);
    this.#take(taken);
    await Promise.all(doubtful);
  }

  /** Files of an earlier visit that have to be chosen again. */
  miss(names: Iterable<string>): void {
    this.#rows.miss(names);
  }

  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
    this.#jobs.goOn();
  }

  /** One file, or all that are not finished. */
  cancel(id?: number): void {
    const isMeant = (one: number) => id === undefined || one === id;
    const stopped = [...this.#waiting, ...this.#jobs.running].filter(isMeant);
    this.#waiting = this.#waiting.filter((one) => !isMeant(one));
    for (const one of stopped) {
      this.#jobs.stop(one);
      this.#rows.change(one, { state: 'cancelled' });
    }
    this.#options.unfinished?.drop(stopped);
    if (id === undefined) this.#setPaused(false);
    this.#jobs.goOn();
  }

  /** One file that failed or was cancelled, or all that failed. */
  retry(id?: number): void {
    for (const { id: one, state } of this.#rows.all()) {
      const isMeant =
        id === undefined ? state === 'failed' : one === id && (state === 'failed' || state === 'cancelled');
      const file = isMeant && this.#files.get(one);
      if (!file) continue;
      this.#rows.change(one, { state: 'waiting', share: 0, fault: undefined });
      this.#rows.await(one, file.size);
      this.#waiting.push(one);
    }
    this.#jobs.goOn();
  }

  /** Adds a recording although a similar one is there. */
  async addAnyway(id: number): Promise<void> {
    const learnt = this.#undecided.get(id);
    if (!learnt) return;
    await this.#options.engine.add(learnt, { evenIfSimilar: true }).then(
      (added) => this.#finish(id, added),
      (error) => this.#fail(id, error),
    );
  }

  /** Removes finished rows. */
  clear(): void {
    for (const id of this.#rows.clear()) {
      this.#files.delete(id);
      this.#undecided.delete(id);
    }
  }

  async #lookInto(found: FoundFile): Promise<void> {
    // A file that cannot be read gets a row, with the reason.
    if (await isTransportStream(found.file).catch(() => true)) this.#take([found]);
    else this.#rows.skip();
  }

  #take(files: FoundFile[]): void {
    const entered = files.map((found) => ({ ...found, id: this.#rows.enter(found.file) }));
    for (const { id, file, lyrics } of entered) {
      this.#files.set(id, file);
      if (lyrics) this.#lyrics.keep(id, lyrics);
      this.#waiting.push(id);
    }
    this.#options.unfinished?.put(entered);
    this.#jobs.goOn();
  }

  #setPaused(isPaused: boolean): void {
    this.#rows.pause(isPaused);
    this.#learners.hold(isPaused);
    this.#learners.each((learner) => learner.pause(isPaused));
  }

  #rest(): void {
    if (this.#waiting.length > 0) return;
    this.#learners.rest();
    this.#rows.rest();
  }

  async #learn(id: number, steps: JobSteps): Promise<void> {
    const { signal } = steps;
    const file = this.#files.get(id) as File;
    let isOver = false;
    const tell: TellShare = (share, factor) => {
      if (!isOver && !signal.aborted) this.#rows.change(id, { share, factor });
    };
    this.#rows.change(id, { state: 'learning', share: 0, factor: undefined });
    try {
      const options = { limitSeconds: this.#options.limitSeconds?.(), lyrics: await this.#lyrics.textFor(id) };
      const result = await learnOn(this.#learners, file, options, steps, tell);
      if (options.lyrics && result.state === 'known') await this.#lyrics.complete(result.track, options.lyrics);
      if (!signal.aborted) this.#finish(id, result);
    } catch (error) {
      if (!signal.aborted) this.#fail(id, error);
    } finally {
      isOver = true;
    }
  }

  #finish(id: number, { state, track, endsEarly, learnt, ...result }: LearnResult): void {
    if (learnt) this.#undecided.set(id, learnt);
    else this.#undecided.delete(id);
    this.#files.delete(id);
    const kind = 'kind' in result ? result.kind : undefined;
    this.#rows.change(id, { state, track, kind, share: 1, fault: endsEarly ? 'FileDamaged' : undefined });
    this.#options.unfinished?.drop([id]);
  }

  #fail(id: number, error: unknown): void {
    console.warn(`${this.#rows.get(id)?.name} was not learnt:`, error);
    this.#rows.change(id, { state: 'failed', fault: faultOf(error).name });
    this.#options.unfinished?.drop([id]);
  }
}
