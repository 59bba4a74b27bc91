/** Many files recognised, several at once, each thread with its own view of the library. */
import type { Fault } from '../errors.ts';
import { faultOf } from './node-fault.ts';
import type { RecognizedFile, RecognizeFileOptions } from './recognize-stream.ts';
import { Thread } from './thread.ts';

export interface Request {
  path: string;
  asked: Omit<RecognizeFileOptions, 'signal'>;
}

/** What a file turned out to be, or why that cannot be told. */
export type FileRecognized = { path: string } & (RecognizedFile | { fault: Fault });

type Recognizer = Thread<Request, RecognizedFile>;

/** In the order of the paths. When the signal comes, what is not done is left. */
export async function* recognizeFiles(
  folder: string,
  paths: Iterable<string>,
  { jobs, signal, ...asked }: RecognizeFileOptions & { jobs: number },
): AsyncGenerator<FileRecognized, void> {
  const waiting = paths[Symbol.iterator]();
  const threads = new Set<Recognizer>();
  /** Each is followed by the next of its thread before it is done, so they stand in the order of the paths. */
  const running: Promise<FileRecognized>[] = [];
  const stopped = new Promise<'stopped'>((resolve) => {
    if (signal?.aborted) resolve('stopped');
    signal?.addEventListener('abort', () => resolve('stopped'), { once: true });
  });

  function hire(): Recognizer {
    const thread: Recognizer = new Thread(new URL('./recognize-thread.js', import.meta.url), folder);
    threads.add(thread);
    return thread;
  }
  function goOn(thread?: Recognizer): void {
    const next = waiting.next();
    if (next.done) return;
    const by = thread && !thread.isDead ? thread : hire();
    running.push(answer(by, next.value).finally(() => goOn(by)));
  }
  const answer = (thread: Recognizer, path: string): Promise<FileRecognized> =>
    thread.ask({ path, asked }).then(
      (recognized) => ({ path, ...recognized }),
      (error) => ({ path, fault: faultOf(error) }),
    );

  try {
    for (let i = 0; i < jobs; i++) goOn();
    for (let first = running.shift(); first; first = running.shift()) {
      const told = await Promise.race([stopped, first]);
      if (told === 'stopped') return;
      yield told;
    }
  } finally {
    await Promise.all([...threads].map((thread) => thread.dismiss()));
  }
}
