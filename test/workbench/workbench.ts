/** A page without an app: learns, or merely decodes, the files that are in its input, and tells how that went. */
import { wrap } from 'comlink';
import type { FoundFile } from '../../src/learn/found-file.ts';
import { QueueNotes } from '../../src/learn/unfinished-files.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Learnt, Track } from '../../src/types.ts';
import { filesOf, portionsOf } from '../../src/ui/adding/dropped-files.ts';
import { Queue, type QueueOptions } from '../../src/ui/adding/queue/queue.ts';
import type { QueueRow, QueueState } from '../../src/ui/adding/queue/queue-rows.ts';
import { damaged } from '../support/damage.ts';
import { random } from '../support/random.ts';
import { carry } from './carry.ts';
import type { decoder } from './decode.worker.ts';
import type { kernelBench } from './kernel.worker.ts';
import type { searching } from './searching.worker.ts';

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
      unpackPrint(print); // refuses what is not whole
      const rest = { peakCount: 0, added: 0, enabled: true, hasCover: cover !== undefined };
      const track = { ...tags, contentId, fileName, seconds, learntSeconds, ...rest, id: learnt.size + 1 };
      learnt.set(contentId, track);
      return { state: 'added' as const, track };
    },
  };
}

const chosen = () => [...(document.querySelector('input')?.files ?? [])];

interface LearnOptions {
  learnerCount?: number;
  limitSeconds?: number;
}

async function learn(options: LearnOptions = {}, files: File[] = chosen()): Promise<Outcome> {
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
    new Queue(given).add(files);
  });
  const ms = performance.now() - started;
  observer.disconnect();
  return { rows, ms, longTasks, printBytes: engine.printBytes };
}

/** Learns so many damaged copies of the chosen files. */
async function learnDamaged(count: number, seed: number): Promise<Outcome> {
  const draw = random(seed);
  const whole = await Promise.all(
    chosen().map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  const files = Array.from({ length: count }, (_, i) => {
    const { name, bytes } = whole[i % whole.length];
    return new File([damaged(bytes, draw) as BlobPart], `${i} ${name}`);
  });
  return learn({}, files);
}

async function decode(workerCount: number): Promise<{ seconds: number; ms: number }> {
  const files = chosen();
  let seconds = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: workerCount }, async () => {
      const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
      const remote = wrap<typeof decoder>(worker);
      for (let file = files.shift(); file; file = files.shift()) {
        const heard = await remote.decode(file);
        seconds += heard;
      }
      worker.terminate();
    }),
  );
  return { seconds, ms: performance.now() - started };
}

/** The kernel in a worker: see `kernel.worker.ts`. */
function kernel() {
  return wrap<typeof kernelBench>(new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' }));
}

/** The peaks of 32-bit samples in base64, as a text. */
const peaks = (base64: string, sampleRate: number) => kernel().peaks(base64, sampleRate);
const timings = () => kernel().timings();
/** Of the chosen files: see `carry.ts`. */
const carryChosen = (bundle: number[] | undefined, name: string) => carry(bundle, chosen(), name);
const decodeAndHear = () => kernel().decodeAndHear(chosen()[0]);

/** A search with the threads of a machine with so many cores, and without: see `searching.worker.ts`. */
const search = (cores: number) =>
  wrap<typeof searching>(new Worker(new URL('./searching.worker.ts', import.meta.url), { type: 'module' })).compare(
    cores,
  );

/** Puts files into a folder that the browser lets a page open again, and finds them there. */
async function storeFolder(names: string[]): Promise<FoundFile[]> {
  const root = await navigator.storage.getDirectory();
  for (const name of names) {
    const folder = await root.getDirectoryHandle('inner', { create: true });
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writable.write(name);
    await writable.close();
  }
  const found: FoundFile[] = [];
  for await (const portion of portionsOf(filesOf(root), 2)) found.push(...portion);
  return found;
}

/** As when the page goes away before the files are learnt. */
async function leaveWaiting(names: string[], loose: string[]): Promise<string[]> {
  const notes = new QueueNotes();
  const found = await storeFolder(names);
  const all = [...found, ...loose.map((name) => ({ file: new File(['x'], name) }))];
  notes.put(all.map((one, id) => ({ ...one, id })));
  notes.drop([0]);
  await notes.settled();
  return all.map(({ file }) => file.name);
}

async function recall() {
  const { found, locked, missing } = await new QueueNotes().recall();
  return { found: await Promise.all(found.map(({ file }) => file.text())), locked, missing };
}

declare global {
  interface Window {
    workbench: typeof workbench;
  }
}

export const workbench = {
  learn,
  learnDamaged,
  decode,
  leaveWaiting,
  recall,
  peaks,
  timings,
  decodeAndHear,
  carry: carryChosen,
  search,
};
Object.assign(window, { workbench });

/** Where no other program can steer this page: a sound from the address behind the #, its peaks back to there. */
async function answer(address: string): Promise<void> {
  const { base64, sampleRate } = await fetch(address).then((response) => response.json());
  await fetch(address, { method: 'POST', body: await peaks(base64, sampleRate) });
}

if (location.hash) void answer(location.hash.slice(1));
