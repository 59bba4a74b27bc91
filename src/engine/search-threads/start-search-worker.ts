/** Search threads in a browser: workers of the engine's worker. */
import { wrap } from 'comlink';
import type { RemoteThread, StartedThread } from './held-elsewhere.ts';
import type { SearchThreadHost } from './search-threads.ts';

/** With no more cores than this, it may be a phone: the page and the system need some. */
const FEW_CORES = 4;
/** More are not worth their memory: a part of each search cannot be divided. */
const MOST = 3;

export function searchWorkers(cores = navigator.hardwareConcurrency): SearchThreadHost {
  const spare = cores <= FEW_CORES ? Math.min(1, cores - 1) : Math.min(MOST, cores - 1);
  return { most: typeof Worker === 'undefined' ? 0 : spare, start: startSearchWorker };
}

function startSearchWorker(): StartedThread {
  const worker = new Worker(new URL('./compare-sketches.worker.ts', import.meta.url), {
    type: 'module',
    name: 'search',
  });
  const crashed = new Promise<unknown>((resolve) => {
    worker.onerror = resolve;
  });
  return { remote: wrap(worker) as unknown as RemoteThread, crashed, end: () => worker.terminate() };
}
