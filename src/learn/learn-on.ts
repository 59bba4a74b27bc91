/** Learns a file on one learner of a pool. */
import { UserError } from '../errors.ts';
import type { TellShare } from './hear-file.ts';
import type { Learner, LearnOptions, LearnProgress, LearnResult } from './learner.ts';
import type { JobSteps } from './run-jobs.ts';
import { WorkerLost, type WorkerPool } from './worker-pool.ts';

/**
 * If the learner hangs or crashes, another one tries, without the decoders that the first one used. A learner that has decoded
 * the whole file is free for the next one.
 */
export async function learnOn<F>(
  pool: WorkerPool<Learner<F>>,
  file: F,
  options: LearnOptions,
  { signal, nearlyDone }: JobSteps,
  tell: TellShare,
): Promise<LearnResult> {
  let isHeard = false;
  const learn = (isTriedBefore: boolean) =>
    pool.use((learner, { alive, free }) => {
      const told = (progress: LearnProgress) => {
        alive();
        if (progress.share !== undefined) tell(progress.share, progress.factor);
        if (!progress.isHeard) return;
        isHeard = true;
        free();
        nearlyDone();
      };
      return learner.learn(file, { ...options, isTriedBefore }, told);
    }, signal);
  return learn(false)
    .catch((error) => {
      if (!(error instanceof WorkerLost)) throw error;
      // If it was decoded already, another file caused the loss: no decoder is to blame.
      return learn(!isHeard);
    })
    .catch((error) => {
      throw error instanceof WorkerLost ? faultOfLost(error) : error;
    });
}

function faultOfLost(lost: WorkerLost): Error {
  if (lost.how === 'silent')
    return new UserError('FileDamaged', 'The file is damaged: decoding it does not come to an end.');
  return new Error('The file was given up: the worker that learns it crashed twice.', { cause: lost.cause });
}
