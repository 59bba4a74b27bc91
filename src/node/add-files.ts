/** Adds many files to the library: other threads learn them, this thread stores them. */

import type { Added } from '../engine/api.ts';
import { type LearnerEngine, portTo } from '../engine/engine-port.ts';
import type { Fault } from '../errors.ts';
import type { TellShare } from '../learn/hear-file.ts';
import { learnOn } from '../learn/learn-on.ts';
import type { LearnOptions, LearnResult } from '../learn/learner.ts';
import { runAll } from '../learn/run-jobs.ts';
import { type Started, WorkerPool } from '../learn/worker-pool.ts';
import { faultOf, tellable } from './node-fault.ts';
import type { PathLearner } from './path-learner.ts';
import { startThread } from './start-thread.ts';

export interface AddOptions {
  /** Learn only this much from the start of each file. */
  limitSeconds?: number;
  /** Also add a recording that the library already has from another file. */
  evenIfSimilar?: boolean;
  /** Called a few times a second with the learnt share of a file, 0 to 1. */
  progress?: (path: string, share: number) => void;
}

export interface AddFilesOptions extends AddOptions {
  /** Number of threads. */
  jobs: number;
  signal?: AbortSignal;
}

/** The result for a file. With `endsEarly`, it was learnt up to the point where decoding failed. */
export type FileAdded = { path: string } & ((Added & { endsEarly?: boolean }) | { state: 'failed'; fault: Fault });

/** Learns a file on this thread. */
export function addFile(learner: PathLearner, path: string, options: AddOptions): Promise<FileAdded> {
  return added(path, options, (file, tell) =>
    learner.learn(path, file, ({ share }) => share !== undefined && tell(share)),
  );
}

/** In the order in which they are done. When the signal aborts, what is not done is left. */
export async function* addFiles(
  engine: LearnerEngine,
  paths: Iterable<string>,
  { jobs, signal, ...options }: AddFilesOptions,
): AsyncGenerator<FileAdded, void> {
  const learners = new WorkerPool(() => startLearnThread(engine));
  try {
    yield* runAll(
      paths,
      (path, steps) => added(path, options, (file, tell) => learnOn(learners, path, file, steps, tell)),
      { atOnce: jobs, signal },
    );
  } finally {
    await learners.close();
  }
}

function startLearnThread(engine: LearnerEngine): Started<PathLearner> {
  return startThread(
    new URL('./learn-thread.js', import.meta.url),
    portTo(tellable(engine)).then((port): [MessagePort] => [port]),
  );
}

async function added(
  path: string,
  { limitSeconds, evenIfSimilar, progress }: AddOptions,
  learn: (options: LearnOptions, tell: TellShare) => Promise<LearnResult>,
): Promise<FileAdded> {
  try {
    const { learnt, ...result } = await learn({ limitSeconds, evenIfSimilar }, (share) => progress?.(path, share));
    return { path, ...result };
  } catch (error) {
    return { path, state: 'failed', fault: faultOf(error) };
  }
}
