/** Learning files, as the screens see it: the queue, its state, and what an earlier visit left undone. */
import type { Engine } from '../../engine/api.ts';
import type { FoundFile } from '../../learn/found-file.ts';
import { type Cell, cell } from '../parts/cell.ts';
import type { Settings } from '../settings/settings.ts';
import type { Learning } from './learning.ts';
import type { QueueRow, QueueState } from './queue-rows.ts';

export interface Imports {
  state: Cell<QueueState>;
  /** Names of files that go on as soon as the person gives leave again. */
  locked: Cell<string[]>;
  add(files: Iterable<File | FoundFile>): void;
  /** Files that cannot be chosen again; resolves when a copy of each lies safe until it is learnt. */
  keep(files: File[]): Promise<void>;
  /** Thousands of files, as they are found. */
  addAll(files: AsyncIterable<FoundFile>): Promise<void>;
  /** False where the browser has no picker for folders. */
  addFolder(): Promise<boolean>;
  pause(): void;
  resume(): void;
  cancel(): void;
  retry(): void;
  /** Learns a file although the same recording seems to be there. */
  addAnyway(id: number): void;
  /** Forgets the rows that are finished. */
  clear(): void;
  /** Asks for leave to go on with the locked files; called from a tap. */
  unlock(): Promise<void>;
}

export const isFinished = ({ state }: QueueRow): boolean => state !== 'waiting' && state !== 'learning';

export function openImports(engine: Engine, settings: Cell<Settings>): Imports {
  const state = cell<QueueState>({ rows: [], isPaused: false, skipped: 0 });
  const locked = cell<string[]>([]);
  let opening: Promise<Learning> | undefined;
  const open = () => {
    opening ??= import('./learning.ts').then(({ startLearning }) => startLearning(engine, settings, state, locked));
    return opening;
  };
  const tellQueue = (act: (learning: Learning) => unknown) => void open().then(act).catch(console.error);
  // Listening does not wait for it; what an earlier visit left goes on when the page has come to rest.
  afterRest(open);

  // Asked for when there is something to keep; the browser may say no, which Settings tells.
  const persist = () => void navigator.storage?.persist?.();
  const add = (files: Iterable<File | FoundFile>) => {
    tellQueue(({ queue }) => queue.add(files));
    persist();
  };
  const gathering = () => import('./dropped-files.ts');
  async function addAll(files: AsyncIterable<FoundFile>) {
    const { portionsOf } = await gathering();
    for await (const portion of portionsOf(files)) add(portion);
  }

  return {
    state,
    locked,
    add,
    async keep(files) {
      persist();
      const { queue, noted } = await open();
      await queue.add(files.map((file) => ({ file, isKept: true })));
      await noted();
    },
    addAll,
    async addFolder() {
      const files = await (await gathering()).pickFolder();
      if (files) void addAll(files).catch(console.error);
      return files !== undefined;
    },
    pause: () => tellQueue(({ queue }) => queue.pause()),
    resume: () => tellQueue(({ queue }) => queue.resume()),
    cancel: () => tellQueue(({ queue }) => queue.cancel()),
    retry: () => tellQueue(({ queue }) => queue.retry()),
    addAnyway: (id) => tellQueue(({ queue }) => queue.addAnyway(id)),
    clear: () => tellQueue(({ queue }) => queue.clear()),
    unlock: async () => (await open()).unlock(),
  };
}

function afterRest(act: () => unknown): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: 3000 });
  else setTimeout(act, 1000);
}
