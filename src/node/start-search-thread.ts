/** Search threads in Node. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import type { RemoteThread, StartedThread } from '../engine/search-threads/held-elsewhere.ts';
import type { SearchThreadHost } from '../engine/search-threads/search-threads.ts';

/** `threads` may search at once: the one that opened the library, and others. */
export const searchThreads = (threads = availableParallelism()): SearchThreadHost => ({
  most: threads - 1,
  start: () => startSearchThread(new URL('./search-thread.js', import.meta.url)),
});

export function startSearchThread(program: URL): StartedThread {
  const worker = new Worker(program);
  // A program that has nothing else to do may end; the time limit of each call keeps it running meanwhile.
  worker.unref();
  const crashed = new Promise<unknown>((resolve) => {
    worker.once('error', resolve);
    worker.once('exit', resolve);
  });
  const end = () => void worker.terminate();
  return { remote: wrap(nodeEndpoint(worker)) as unknown as RemoteThread, crashed, end };
}
