/** Many files into the library, several at once: threads learn, this one keeps. */
import type { Added, Engine } from '../engine/api.ts';
import type { Fault } from '../errors.ts';
import { learnFile } from '../learn/learn-file.ts';
import { faultOf } from './node-fault.ts';
import { type PathLearner, pathFile } from './path-learner.ts';
import { ThreadLearner } from './thread-learner.ts';

export interface AddOptions {
  /** Learn only so much from the start of each file. */
  limitSeconds?: number;
  /** Keep a recording that is there already in another file. */
  evenIfSimilar?: boolean;
  /** Told the share of a file that is learnt, 0 to 1, a few times a second. */
  progress?: (path: string, share: number) => void;
}

export interface AddFilesOptions extends AddOptions {
  /** Threads. */
  jobs: number;
  signal?: AbortSignal;
}

/** What became of a file. One that `endsEarly` was learnt as far as it could be heard. */
export type FileAdded = { path: string } & ((Added & { endsEarly?: boolean }) | { state: 'failed'; fault: Fault });

export async function addFile(
  engine: Engine,
  learner: PathLearner,
  path: string,
  { limitSeconds, evenIfSimilar, progress = () => {} }: AddOptions,
): Promise<FileAdded> {
  const keeping: Pick<Engine, 'known' | 'add'> = {
    known: (contentId) => engine.known(contentId),
    add: (learnt) => engine.add(learnt, { evenIfSimilar }),
  };
  try {
    const { learnt, ...added } = await learnFile(
      pathFile(path),
      learner,
      { engine: keeping, limitSeconds },
      {
        read: () => {},
        heard: ({ share }) => progress(path, share),
      },
    );
    return { path, ...added };
  } catch (error) {
    return { path, state: 'failed', fault: faultOf(error) };
  }
}

/** In the order in which they are done. When the signal comes, what is not done is left. */
export async function* addFiles(
  engine: Engine,
  paths: Iterable<string>,
  { jobs, signal, ...options }: AddFilesOptions,
): AsyncGenerator<FileAdded, void> {
  const waiting = paths[Symbol.iterator]();
  const running = new Map<ThreadLearner, Promise<FileAdded & { by: ThreadLearner }>>();
  const stopped = new Promise<'stopped'>((resolve) => {
    if (signal?.aborted) resolve('stopped');
    signal?.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  const dismissals: Promise<void>[] = [];

  function goOn(free?: ThreadLearner): void {
    const next = waiting.next();
    if (next.done) {
      if (free) dismissals.push(free.dismiss());
      return;
    }
    const by = free && !free.isDead ? free : new ThreadLearner();
    running.set(
      by,
      addFile(engine, by, next.value, options).then((added) => ({ ...added, by })),
    );
  }

  try {
    for (let i = 0; i < jobs; i++) goOn();
    while (running.size > 0) {
      const first = await Promise.race([stopped, ...running.values()]);
      if (first === 'stopped') return;
      const { by, ...added } = first;
      running.delete(by);
      goOn(by);
      yield added;
    }
  } finally {
    await Promise.all([...dismissals, ...[...running.keys()].map((learner) => learner.dismiss())]);
  }
}
