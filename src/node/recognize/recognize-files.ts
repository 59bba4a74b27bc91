/** Recognises many files on several threads, each with its own view of the library. */
import type { Fault } from '../../errors.ts';
import { runAll } from '../../learn/run-jobs.ts';
import { WorkerPool } from '../../learn/worker-pool.ts';
import { startThread } from '../start-thread.ts';
import { faultOf } from '../system/node-fault.ts';
import type { RecognizedFile, RecognizeFileOptions } from './recognize-stream.ts';

/** The interface of a thread that recognises files. */
export interface FileRecognizer {
  /** `alive` is called now and then while it works. */
  recognize(path: string, asked: Omit<RecognizeFileOptions, 'signal'>, alive: () => void): Promise<RecognizedFile>;
}

/** The answer for a file, or the reason why there is none. */
export type FileRecognized = { path: string } & (RecognizedFile | { fault: Fault });

/** Yields answers in the order of the paths. When the signal aborts, the others are left out. */
export async function* recognizeFiles(
  folder: string,
  paths: Iterable<string>,
  { jobs, signal, ...asked }: RecognizeFileOptions & { jobs: number },
): AsyncGenerator<FileRecognized, void> {
  const program = new URL('./recognize-thread.js', import.meta.url);
  const recognizers = new WorkerPool(() => startThread<FileRecognizer, [string]>(program, [folder]));
  const recognize = (path: string, stop: AbortSignal): Promise<FileRecognized> =>
    recognizers
      .use((thread, { alive }) => thread.recognize(path, asked, alive), stop)
      .then(
        (recognized) => ({ path, ...recognized }),
        (error) => ({ path, fault: faultOf(error) }),
      );
  try {
    yield* runAll(paths, (path, steps) => recognize(path, steps.signal), { atOnce: jobs, signal, isInOrder: true });
  } finally {
    await recognizers.close();
  }
}
