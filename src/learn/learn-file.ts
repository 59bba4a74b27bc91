/** One file's way into the library. */
import type { Added, Engine } from '../engine/api.ts';
import type { FaultName } from '../errors.ts';
import type { Learnt } from '../types.ts';
import type { Channels, Heard, Learner, Outcome, Task } from './learner.ts';

export interface JobHost<F = Blob> {
  engine: Pick<Engine, 'known' | 'add'>;
  /** Decodes what the learner cannot; see `fallback.ts`. */
  decodeOnPage?: (file: F) => Promise<Channels>;
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

/** With these the browser's own decoder may do better. */
const WORTH_ANOTHER_TRY: string[] = ['CodecMissing', 'FileDamaged', 'NotAudio'] satisfies FaultName[];

/** Whoever has no page to decode on needs no `learnChannels`. */
type JobLearner<F> = Pick<Learner<F>, 'identify' | 'learn'> & Partial<Pick<Learner<F>, 'learnChannels'>>;

export async function learnFile<F>(
  file: F & { name: string },
  learner: JobLearner<F>,
  host: JobHost<F>,
  progress: JobProgress,
): Promise<JobResult> {
  const contentId = await learner.identify(file, progress.read);
  const known = await host.engine.known(contentId);
  if (known) return { state: 'known', track: known };
  const task = { fileName: file.name, contentId, limitSeconds: host.limitSeconds };
  const outcome = await heardSomehow(file, learner, host, task, progress);
  progress.adding?.();
  const added = await host.engine.add(outcome.learnt);
  const endsEarly = outcome.endsEarly !== undefined;
  return added.state === 'similar' ? { ...added, endsEarly, learnt: outcome.learnt } : { ...added, endsEarly };
}

async function heardSomehow<F>(
  file: F,
  learner: JobLearner<F>,
  { decodeOnPage }: JobHost<F>,
  task: Task,
  progress: JobProgress,
): Promise<Outcome> {
  const first = await learner.learn(file, task, progress.heard).catch((error: Error) => error);
  const isWorthIt = first instanceof Error ? WORTH_ANOTHER_TRY.includes(first.name) : first.endsEarly === 'broken';
  const { learnChannels } = learner;
  if (isWorthIt && decodeOnPage && learnChannels) {
    const second = await decodeOnPage(file)
      .then((sound) => learnChannels(file, sound, task, progress.heard))
      .catch((error: Error) => error);
    if (!(second instanceof Error) && secondsOf(second) > secondsOf(first)) return second;
    // That it is too large is what a person can act on; of all else the first fault says more.
    if (first instanceof Error && second instanceof Error && isBetterTold(second, first)) throw second;
  }
  if (first instanceof Error) throw first;
  return first;
}

const secondsOf = (outcome: Outcome | Error): number => (outcome instanceof Error ? 0 : outcome.learnt.learntSeconds);

const isBetterTold = (second: Error, first: Error): boolean =>
  second.name === 'FileTooLarge' && first.name === 'CodecMissing';
