/** Adds many files to the library: other threads learn them, this thread stores them. */
import type { Added, Engine } from '../../engine/api.ts';
import { type LearnerEngine, portTo } from '../../engine/bridge/engine-port.ts';
import type { Fault } from '../../errors.ts';
import type { TellShare } from '../../learn/hear-file.ts';
import { learnOn } from '../../learn/learn-on.ts';
import type { LearnOptions, LearnResult } from '../../learn/learner.ts';
import { runAll } from '../../learn/run-jobs.ts';
import { type Started, WorkerPool } from '../../learn/worker-pool.ts';
import { startThread } from '../start-thread.ts';
import { faultOf, tellable } from '../system/node-fault.ts';
import { lyricsBeside } from './lyrics-beside.ts';
import type { PathLearner } from './path-learner.ts';

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

/**
 * The result for a file. With `endsEarly`, it was learnt up to the point where decoding failed; with `lyricsFault`, without the file of
 * lyrics beside it.
 */
export type FileAdded = { path: string; lyricsFault?: Fault & { path: string } } & (
  | (Added & { endsEarly?: boolean })
  | { state: 'failed'; fault: Fault }
);

/** The engine to which learnt files are added. */
type AddingEngine = LearnerEngine & Pick<Engine, 'lyrics' | 'setLyrics'>;

/** Learns a file on this thread. */
export function addFile(
  engine: AddingEngine,
  learner: PathLearner,
  path: string,
  options: AddOptions,
): Promise<FileAdded> {
  return added(engine, path, options, (file, tell) =>
    learner.learn(path, file, ({ share }) => share !== undefined && tell(share)),
  );
}

/** Yields files in the order in which they are done. When the signal aborts, the others are left out. */
export async function* addFiles(
  engine: AddingEngine,
  paths: Iterable<string>,
  { jobs, signal, ...options }: AddFilesOptions,
): AsyncGenerator<FileAdded, void> {
  const learners = new WorkerPool(() => startLearnThread(engine));
  try {
    yield* runAll(
      paths,
      (path, steps) => added(engine, path, options, (file, tell) => learnOn(learners, path, file, steps, tell)),
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
  engine: AddingEngine,
  path: string,
  { limitSeconds, evenIfSimilar, progress }: AddOptions,
  learn: (options: LearnOptions, tell: TellShare) => Promise<LearnResult>,
): Promise<FileAdded> {
  const { lyrics, ...beside } = await lyricsFor(path);
  try {
    const options = { limitSeconds, evenIfSimilar, lyrics };
    const { learnt, ...result } = await learn(options, (share) => progress?.(path, share));
    // A track that was known before keeps the lyrics that it has.
    if (result.state === 'known' && lyrics && !(await engine.lyrics(result.track.id)))
      await engine.setLyrics(result.track.id, lyrics);
    return { path, ...beside, ...result };
  } catch (error) {
    return { path, ...beside, state: 'failed', fault: faultOf(error) };
  }
}

async function lyricsFor(path: string): Promise<{ lyrics?: string; lyricsFault?: FileAdded['lyricsFault'] }> {
  try {
    return { lyrics: (await lyricsBeside(path))?.text };
  } catch (error) {
    return { lyricsFault: { ...faultOf(error), path: (error as { path?: string }).path ?? path } };
  }
}
