/** A learner on a thread of its own, asked one thing at a time. */
import { Worker } from 'node:worker_threads';
import { type Fault, UserError } from '../errors.ts';
import type { Heard, Outcome, Task } from '../learn/learner.ts';
import type { PathFile, PathLearner } from './path-learner.ts';

/** With a task, the file is learnt; without, identified. */
export interface Request {
  file: PathFile;
  task?: Task;
}

export type Reply = { progress: number | Heard } | { result: string | Outcome } | { fault: Fault };

export class ThreadLearner implements PathLearner {
  readonly #worker = new Worker(new URL('./learn-thread.js', import.meta.url));
  #take: (reply: Reply) => void = () => {};
  #fail: (cause: unknown) => void = () => {};
  #isDead = false;

  constructor() {
    this.#worker.on('message', (reply: Reply) => this.#take(reply));
    this.#worker.on('error', (cause) => {
      this.#isDead = true;
      this.#fail(cause);
    });
  }

  /** The thread came to an end by itself, out of memory perhaps: it takes no more files. */
  get isDead(): boolean {
    return this.#isDead;
  }

  identify(file: PathFile, read: (share: number) => void = () => {}): Promise<string> {
    return this.#ask({ file }, read);
  }

  learn(file: PathFile, task: Task, heard: (heard: Heard) => void = () => {}): Promise<Outcome> {
    return this.#ask({ file, task }, heard);
  }

  /** Whatever it is doing, it does no more. */
  async dismiss(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask<Result, Progress>(request: Request, tell: (progress: Progress) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#take = (reply) => {
        // The thread answers what it is asked: see `learn-thread.ts`.
        if ('progress' in reply) tell(reply.progress as Progress);
        else if ('result' in reply) resolve(reply.result as Result);
        else reject(errorOf(reply.fault));
      };
      this.#worker.postMessage(request);
    });
  }
}

const errorOf = ({ name, message }: Fault) =>
  name === 'Unexpected' ? new Error(message) : new UserError(name, message);
