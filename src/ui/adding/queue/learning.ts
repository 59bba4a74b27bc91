/** The queue of files to learn, including those left by an earlier visit. Loaded when there is something to learn. */
import type { Engine } from '../../../engine/api.ts';
import type { FoundFile } from '../../../learn/found-file.ts';
import { type Left, QueueNotes } from '../../../learn/unfinished-files.ts';
import type { Cell } from '../../parts/state/cell.ts';
import type { Settings } from '../../settings/settings.ts';
import { rememberFile } from '../song-files.ts';
import { Queue } from './queue.ts';
import type { QueueRow, QueueState } from './queue-rows.ts';

export interface Learning {
  queue: Queue;
  /** Resolves when the added files have been recorded for the next visit. */
  noted(): Promise<void>;
  /** Asks for permission to continue with the locked files. */
  unlock(): Promise<void>;
}

export async function startLearning(
  engine: Engine,
  settings: Cell<Settings>,
  state: Cell<QueueState>,
  locked: Cell<string[]>,
): Promise<Learning> {
  const notes = new QueueNotes();
  const found = new Map<number, FoundFile>();
  const queue = new Queue({
    engine,
    lyrics: engine,
    unfinished: {
      put(files) {
        for (const file of files) found.set(file.id, file);
        notes.put(files);
      },
      drop: (ids) => notes.drop(ids),
    },
    publish(next) {
      state.set(next);
      rememberLearnt(next.rows, found);
    },
    limitSeconds: () => settings.value.limitMinutes * 60 || undefined,
  });
  const goOn = (left: Left) => {
    void queue.add(left.found);
    queue.miss(left.missing);
    locked.set(left.locked);
  };
  await notes.recall().then(goOn, (error) => console.warn('what was left undone is not known', error));
  return { queue, noted: () => notes.settled(), unlock: async () => goOn(await notes.reopen()) };
}

/** Stores where the files of learnt tracks are, so that they can be played later. */
function rememberLearnt(rows: QueueRow[], found: Map<number, FoundFile>): void {
  for (const { id, state, track } of rows) {
    const file = found.get(id);
    if (!file || !track || (state !== 'added' && state !== 'known')) continue;
    found.delete(id);
    rememberFile(track.contentId, file).catch((error) => console.warn('a file could not be remembered', error));
  }
}
