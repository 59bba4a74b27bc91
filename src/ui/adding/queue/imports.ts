/** Learning files, for the screens: the queue, its state, and unfinished files of an earlier visit. */
import type { Engine } from '../../../engine/api.ts';
import type { FoundFile } from '../../../learn/found-file.ts';
import { type Cell, cell } from '../../parts/state/cell.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Learning } from './learning.ts';
import type { QueueRow, QueueState } from './queue-rows.ts';

export interface Imports {
  state: Cell<QueueState>;
  /** Names of files that need the user's permission again before learning can continue. */
  locked: Cell<string[]>;
  add(files: Iterable<File | FoundFile>): void;
  /** Learns files that cannot be chosen again; resolves when a copy of each has been stored until it is learnt. */
  keep(files: FoundFile[]): Promise<void>;
  /** Learns thousands of files while they are still being found. */
  addAll(files: AsyncIterable<FoundFile>): Promise<void>;
  /** Asks for a folder and learns its files. False if the browser has no folder picker. */
  addFolder(): Promise<boolean>;
  pause(): void;
  resume(): void;
  cancel(): void;
  retry(): void;
  /** Learns a file although the library seems to have the same recording. */
  addAnyway(id: number): void;
  /** Removes finished rows from the list. */
  clear(): void;
  /** Asks for permission to continue with the locked files. Call it in a click handler. */
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
  // Loaded later, so that listening can start without it. Unfinished files of an earlier visit continue when the page is idle.
  afterRest(open);

  // Requested when there is something to store. If the browser refuses, the settings page shows it.
  const persist = () => void navigator.storage?.persist?.();
  const add = (files: Iterable<File | FoundFile>) => {
    tellQueue(({ queue }) => queue.add(files));
    persist();
  };
  const gathering = () => import('../dropped-files.ts');
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
      await queue.add(files.map((found) => ({ ...found, isKept: true })));
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
