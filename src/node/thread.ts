/** A thread that is asked one thing at a time; `serve` is its own side. */
import { parentPort, Worker } from 'node:worker_threads';
import { type Fault, UserError } from '../errors.ts';
import { endChildren, noteChild, reportChildren } from './child-programs.ts';
import { faultOf } from './node-fault.ts';

type Answer<Result, Progress> = { progress: Progress } | { result: Result } | { fault: Fault };
/** `child`: the number of a program that the thread has started, or that has come to an end. */
type Reply<Result, Progress> = Answer<Result, Progress> | { child: number; isRunning: boolean };

export class Thread<Request, Result, Progress = never> {
  readonly #worker: Worker;
  readonly #children = new Set<number>();
  #take: (reply: Answer<Result, Progress>) => void = () => {};
  #fail: (cause: unknown) => void = () => {};
  #isDead = false;

  /** `data` is what the thread finds as its `workerData`. */
  constructor(program: URL, data?: unknown) {
    this.#worker = new Worker(program, { workerData: data });
    this.#worker.on('message', (reply: Reply<Result, Progress>) => {
      if ('child' in reply) this.#noteChild(reply.child, reply.isRunning);
      else this.#take(reply);
    });
    this.#worker.on('error', (cause) => {
      this.#isDead = true;
      this.#fail(cause);
    });
  }

  /** It answers no more: it came to an end by itself, out of memory perhaps, or it was stuck. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Of a thread that tells nothing for `patienceSeconds` nothing is awaited any more. */
  ask(request: Request, tell: (progress: Progress) => void = () => {}, patienceSeconds?: number): Promise<Result> {
    let patience: NodeJS.Timeout | undefined;
    const answer = new Promise<Result>((resolve, reject) => {
      this.#fail = reject;
      if (patienceSeconds) patience = setTimeout(() => this.#giveUp(patienceSeconds), 1000 * patienceSeconds);
      this.#take = (reply) => {
        patience?.refresh();
        if ('progress' in reply) tell(reply.progress);
        else if ('result' in reply) resolve(reply.result);
        else reject(errorOf(reply.fault));
      };
      this.#worker.postMessage(request);
    });
    return answer.finally(() => clearTimeout(patience));
  }

  #giveUp(seconds: number): void {
    this.#isDead = true;
    void this.dismiss();
    this.#fail(new UserError('FileDamaged', `Reading it got no further for ${seconds} seconds and was stopped.`));
  }

  /** Whatever it is doing, it does no more. */
  async dismiss(): Promise<void> {
    await this.#worker.terminate();
    endChildren(this.#children);
  }

  #noteChild(pid: number, isRunning: boolean): void {
    if (isRunning) this.#children.add(pid);
    else this.#children.delete(pid);
    noteChild(pid, isRunning);
  }
}

const errorOf = ({ name, message }: Fault) =>
  name === 'Unexpected' ? new Error(message) : new UserError(name, message);

/** Answers whoever started this thread. */
export function serve<Request, Result, Progress = never>(
  answer: (request: Request, tell: (progress: Progress) => void) => Promise<Result>,
): void {
  const reply = (message: Reply<Result, Progress>) => parentPort?.postMessage(message);
  reportChildren((child, isRunning) => reply({ child, isRunning }));
  parentPort?.on('message', async (request: Request) => {
    try {
      reply({ result: await answer(request, (progress) => reply({ progress })) });
    } catch (error) {
      reply({ fault: faultOf(error) });
    }
  });
}
