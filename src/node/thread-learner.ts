/** A learner on a thread of its own. */
import type { Heard, Outcome, Task } from '../learn/learner.ts';
import type { PathFile, PathLearner } from './path-learner.ts';
import { Thread } from './thread.ts';

/** With a task, the file is learnt; without, identified. The answer is an outcome, or a content id. */
export interface Request {
  file: PathFile;
  task?: Task;
}

/** Progress is told several times a second. A thread that tells none for so long is stuck in a decoder. */
const PATIENCE_SECONDS = 60;

export class ThreadLearner implements PathLearner {
  readonly #thread = new Thread<Request, string | Outcome, number | Heard>(
    new URL('./learn-thread.js', import.meta.url),
  );

  get isDead(): boolean {
    return this.#thread.isDead;
  }

  identify(file: PathFile, read: (share: number) => void = () => {}): Promise<string> {
    const tell = (progress: number | Heard) => read(progress as number);
    return this.#thread.ask({ file }, tell, PATIENCE_SECONDS) as Promise<string>;
  }

  learn(file: PathFile, task: Task, heard: (heard: Heard) => void = () => {}): Promise<Outcome> {
    const tell = (progress: number | Heard) => heard(progress as Heard);
    return this.#thread.ask({ file, task }, tell, PATIENCE_SECONDS) as Promise<Outcome>;
  }

  dismiss(): Promise<void> {
    return this.#thread.dismiss();
  }
}
