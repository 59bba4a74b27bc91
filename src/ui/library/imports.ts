/** Learning files, as the screens see it: the queue, its state, and what an earlier visit left undone. */
import type { Engine } from '../../engine/api.ts';
import { type Found, pickFolder, portionsOf } from '../../learn/gather.ts';
import { Queue, type QueueRow, type QueueState } from '../../learn/queue.ts';
import { type Left, QueueNotes } from '../../learn/resume.ts';
import { type Cell, cell } from '../parts/cell.ts';
import type { Settings } from '../settings/settings.ts';

export interface Imports {
  state: Cell<QueueState>;
  /** Names of files that go on as soon as the person gives leave again. */
  locked: Cell<string[]>;
  add(files: Iterable<File | Found>): void;
  /** Thousands of files, as they are found. */
  addAll(files: AsyncIterable<Found>): Promise<void>;
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
  const memory = new QueueNotes();
  const queue = new Queue({
    engine,
    memory,
    publish: (next) => state.set(next),
    limitSeconds: () => settings.value.limitMinutes * 60 || undefined,
  });

  const goOn = (left: Left) => {
    queue.add(left.found);
    queue.miss(left.missing);
    locked.set(left.locked);
  };
  memory.recall().then(goOn, (error) => console.warn('what was left undone is not known', error));

  const add = (files: Iterable<File | Found>) => {
    queue.add(files);
    // Asked for when there is something to keep; the browser may say no, which Settings tells.
    void navigator.storage?.persist?.();
  };
  async function addAll(files: AsyncIterable<Found>) {
    for await (const portion of portionsOf(files)) add(portion);
  }

  return {
    state,
    locked,
    add,
    addAll,
    async addFolder() {
      const files = await pickFolder();
      if (files) void addAll(files).catch(console.error);
      return files !== undefined;
    },
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    cancel: () => queue.cancel(),
    retry: () => queue.retry(),
    addAnyway: (id) => void queue.addAnyway(id),
    clear: () => queue.clear(),
    unlock: async () => goOn(await memory.reopen()),
  };
}
