/** A page without an app: learns, or merely decodes, the files that are in its input, and tells how that went. */
import { wrap } from 'comlink';
import { Queue, type QueueOptions, type QueueRow, type QueueState } from '../../src/learn/queue.ts';
import type { Learnt, Track } from '../../src/types.ts';
import type { decoder } from './decode.worker.ts';

export interface Outcome {
  rows: QueueRow[];
  ms: number;
  /** Tasks of the page's thread that took more than 50 ms, in ms. */
  longTasks: number[];
  printBytes: number[];
}

function library() {
  const learnt = new Map<string, Track>();
  const printBytes: number[] = [];
  return {
    printBytes,
    known: async (contentId: string) => learnt.get(contentId),
    async add({ tags, contentId, fileName, seconds, learntSeconds, print, cover }: Learnt) {
      printBytes.push(print.length);
      const rest = { peakCount: 0, added: 0, enabled: true, hasCover: cover !== undefined };
      const track = { ...tags, contentId, fileName, seconds, learntSeconds, ...rest, id: learnt.size + 1 };
      learnt.set(contentId, track);
      return { state: 'added' as const, track };
    },
  };
}

const chosen = () => [...(document.querySelector('input')?.files ?? [])];

/** `page`: let the page decode what the workers cannot. */
async function learn(options: { learnerCount?: number; limitSeconds?: number } = {}): Promise<Outcome> {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  const engine = library();
  const started = performance.now();
  const rows = await new Promise<QueueRow[]>((resolve) => {
    const isOver = ({ rows }: QueueState) => rows.every(({ state }) => state !== 'waiting' && state !== 'learning');
    const given: QueueOptions = {
      engine,
      publish: (state) => isOver(state) && resolve(state.rows),
      limitSeconds: () => options.limitSeconds,
    };
    if (options.learnerCount) given.learnerCount = options.learnerCount;
    new Queue(given).add(chosen());
  });
  const ms = performance.now() - started;
  observer.disconnect();
  return { rows, ms, longTasks, printBytes: engine.printBytes };
}

async function decode(workerCount: number): Promise<{ seconds: number; ms: number }> {
  const files = chosen();
  let seconds = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: workerCount }, async () => {
      const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
      const remote = wrap<typeof decoder>(worker);
      for (let file = files.shift(); file; file = files.shift()) seconds += await remote.decode(file);
      worker.terminate();
    }),
  );
  return { seconds, ms: performance.now() - started };
}

declare global {
  interface Window {
    workbench: typeof workbench;
  }
}

export const workbench = { learn, decode };
Object.assign(window, { workbench });
