/** One file's way into the library. */
import type { Added, Engine } from '../engine/api.ts';
import type { Learnt } from '../types.ts';
import type { DecodeOnPage, Heard, Learner } from './learner.ts';

export interface JobHost {
  engine: Pick<Engine, 'known' | 'add'>;
  /** See `audio/decode-on-page.ts`. */
  decodeOnPage?: DecodeOnPage;
  limitSeconds?: number;
}

export interface JobProgress {
  read(share: number): void;
  heard(heard: Heard): void;
  /** All is heard; the library takes it in. */
  adding?(): void;
}

/** What became of a file. One that ends early is in the library as far as it could be heard. */
export type JobResult = Added & { endsEarly?: boolean; learnt?: Learnt };

type JobLearner<F> = Pick<Learner<F>, 'identify' | 'learn'>;

export async function learnFile<F>(
  file: F & { name: string },
  learner: JobLearner<F>,
  host: JobHost,
  progress: JobProgress,
): Promise<JobResult> {
  const contentId = await learner.identify(file, progress.read);
  const known = await host.engine.known(contentId);
  if (known) return { state: 'known', track: known };
  const task = { fileName: file.name, contentId, limitSeconds: host.limitSeconds };
  const outcome = await learner.learn(file, task, progress.heard, host.decodeOnPage);
  progress.adding?.();
  const added = await host.engine.add(outcome.learnt);
  const endsEarly = outcome.endsEarly !== undefined;
  return added.state === 'similar' ? { ...added, endsEarly, learnt: outcome.learnt } : { ...added, endsEarly };
}
