/** The queue that learns, and what an earlier visit left for it. Fetched when there is something to learn. */
import type { Engine } from '../../engine/api.ts';
import { Queue, type QueueState } from '../../learn/queue.ts';
import { type Left, QueueNotes } from '../../learn/unfinished-files.ts';
import type { Cell } from '../parts/cell.ts';
import type { Settings } from '../settings/settings.ts';

export interface Learning {
  queue: Queue;
  /** Resolves when what was added is noted for the next visit. */
  noted(): Promise<void>;
  /** Asks for leave to go on with the locked files. */
  unlock(): Promise<void>;
}

export async function startLearning(
  engine: Engine,
  settings: Cell<Settings>,
  state: Cell<QueueState>,
  locked: Cell<string[]>,
): Promise<Learning> {
  const memory = new QueueNotes();
  const queue = new Queue({
    engine,
    memory,
    publish: (next) => state.set(next),
    limitSeconds: () => settings.value.limitMinutes * 60 || undefined,
  });
  const goOn = (left: Left) => {
    void queue.add(left.found);
    queue.miss(left.missing);
    locked.set(left.locked);
  };
  await memory.recall().then(goOn, (error) => console.warn('what was left undone is not known', error));
  return { queue, noted: () => memory.settled(), unlock: async () => goOn(await memory.reopen()) };
}
