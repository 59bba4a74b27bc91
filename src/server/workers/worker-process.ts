/** Controls one worker process, which does one job at a time. `serve-worker.ts` is the program of that process. */
import { type ChildProcess, fork } from 'node:child_process';
import { UserError } from '../../errors.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import type { FromWorker, JobContext, JobKind, JobTypes, ToWorker, WorkerJob } from './jobs.ts';

/** A worker that uses more memory than this is replaced after its job. */
const MOST_BYTES = 1.5 * 2 ** 30;
const HEAP_MB = 1024;
/** Grace for a job that was cancelled. */
const STOP_MS = 2_000;

/** The process ended before it answered. */
export class ProcessLost extends Error {
  override readonly name = 'ProcessLost';
}

export class WorkerProcess {
  readonly #child: ChildProcess;
  #take: (message: FromWorker) => void = () => {};
  #fail: (error: Error) => void = () => {};
  #isReady = false;
  #isGone = false;
  #isLarge = false;
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;

  constructor(program: string, folder: string) {
    // A separate process group: Ctrl-C reaches only us, and we stop it cleanly together with everything it has started.
    const execArgv = [`--max-old-space-size=${HEAP_MB}`];
    this.#child = fork(program, [folder], { serialization: 'advanced', detached: true, execArgv, stdio: 'inherit' });
    const child = this.#child;
    let told = () => {};
    this.ready = new Promise((resolve) => {
      told = resolve;
    });
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.#isGone = true;
        this.#fail(new ProcessLost('The process that did this came to an end.'));
        told();
        resolve();
      };
      child.once('exit', end);
      child.once('error', end);
    });
    child.on('message', (message: FromWorker) => {
      if (!('ready' in message)) return this.#take(message);
      this.#isReady = true;
      told();
    });
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isGone;
  }

  /** Whether it accepts no more jobs. */
  get isSpent(): boolean {
    return this.#isGone || this.#isLarge;
  }

  /**
   * After this many seconds the process is killed and cannot be used again; also if it does not stop soon after the signal aborts.
   */
  run<K extends JobKind>(kind: K, asked: JobTypes[K]['asked'], context: JobContext, seconds: number) {
    const { signal, sound, tell } = context;
    let timer: NodeJS.Timeout | undefined;
    let next = () => {};
    let patience: NodeJS.Timeout | undefined;
    // The answer is no longer needed: asks the worker to stop, and ends it only if it does not.
    const stop = () => {
      this.#send({ stop: true });
      patience = setTimeout(() => {
        this.end();
        this.#fail(new Error('stopped'));
      }, STOP_MS);
    };
    const answer = new Promise<JobTypes[K]['answer']>((resolve, reject) => {
      this.#fail = reject;
      if (this.#isGone) return reject(new ProcessLost('The process is gone.'));
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', stop, { once: true });
      if (seconds < Infinity) timer = setTimeout(() => this.#giveUp(seconds), 1000 * seconds);
      this.#take = (message) => {
        if ('event' in message) return tell?.(message.event);
        if ('taken' in message) return next();
        if ('rssBytes' in message) this.#isLarge ||= message.rssBytes > MOST_BYTES;
        if ('answer' in message) resolve(message.answer as JobTypes[K]['answer']);
        if ('fault' in message) reject(errorOf(message.fault));
      };
      this.#send({ job: { kind, ...asked } as unknown as WorkerJob });
      if (sound)
        this.#feed(sound, (then) => {
          next = then;
        }).catch(reject);
    });
    return answer.finally(() => {
      clearTimeout(timer);
      clearTimeout(patience);
      signal?.removeEventListener('abort', stop);
      this.#fail = () => {};
      this.#take = () => {};
    });
  }

  notice(notice: Notice, shard?: number): void {
    if (!this.#isGone) this.#send({ notice, shard });
  }

  end(): void {
    const { pid } = this.#child;
    if (this.#isGone || pid === undefined) return;
    this.#isGone = true;
    try {
      // Windows has no process groups.
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }

  #giveUp(seconds: number): void {
    this.end();
    this.#fail(
      new UserError('FileDamaged', `It took longer than ${seconds} seconds and was stopped. Send less sound.`),
    );
  }

  /** Sends the sound part by part, as fast as the worker processes it. */
  async #feed(sound: AsyncIterable<Uint8Array>, onTaken: (then: () => void) => void): Promise<void> {
    let room = 0;
    let go = () => {};
    onTaken(() => {
      room++;
      go();
    });
    for await (const part of sound) {
      while (room <= 0)
        await new Promise<void>((resolve) => {
          go = resolve;
        });
      room--;
      if (part.length > 0) this.#send({ part });
    }
    this.#send({ part: new Uint8Array(0) });
  }

  #send(message: ToWorker): void {
    this.#child.send(message, () => {}); // if the process is gone, its exit event reports that
  }
}

const errorOf = ({ name, message }: { name: string; message: string }) =>
  name === 'Unexpected' ? new Error(message) : new UserError(name as UserError['name'], message);
