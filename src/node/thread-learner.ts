/** A learner on a thread of its own. */
import type { Heard, Outcome, Task } from '../learn/learner.ts';
import type { PathFile, PathLearner } from './path-learner.ts';
import { Thread } from './thread.ts';

/** With a task, the file is learnt; without, identified. The answer is an outcome, or a content id. */
export interface Request {
  file: PathFile;
  task?: Task;
}

export class ThreadLearner implements PathLearner {
  readonly #thread = new Thread<Request, string | Outcome, number | Heard>(
    new URL('./learn-thread.js', import.meta.url),
  );

  get isDead(): boolean {
    return this.#thread.isDead;
  }

  identify(file: PathFile, read: (share: number) => void = () => {}): Promise<string> {
    return this.#thread.ask({ file }, (progress) => read(progress as number)) as Promise<string>;
  }

  learn(file: PathFile, task: Task, heard: (heard: Heard) => void = () => {}): Promise<Outcome> {
    return this.#thread.ask({ file, task }, (progress) => heard(progress as Heard)) as Promise<Outcome>;
  }

  dismiss(): Promise<void> {
    return this.#thread.dismiss();
  }
}
