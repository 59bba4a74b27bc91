/** The state of the search for duplicates, which continues while other screens are shown. */
import type { Duplicate, Engine, Progress } from '../../../engine/api.ts';
import type { Track } from '../../../types.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { cell } from '../../parts/state/cell.ts';

export interface Pair extends Omit<Duplicate, 'track' | 'other'> {
  track: Track;
  other: Track;
}

type DuplicateSearch =
  | { name: 'idle' }
  | { name: 'searching'; progress: Progress; stop: () => void }
  | { name: 'done'; pairs: Pair[] };

export const duplicateSearch = cell<DuplicateSearch>({ name: 'idle' });

export async function searchDuplicates(engine: Engine): Promise<void> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  const tell = (progress: Progress) => {
    if (!abort.signal.aborted) duplicateSearch.set({ name: 'searching', progress, stop });
  };
  tell({ done: 0, total: 1 });
  try {
    const found = await engine.findDuplicates(tell, abort.signal);
    duplicateSearch.set({ name: 'done', pairs: await withTracks(engine, found) });
  } catch (error) {
    duplicateSearch.set({ name: 'idle' });
    showFault(error);
  }
}

/** What the person has decided about a pair: it need not be shown again. */
export function settle(decided: Pair): void {
  const { value } = duplicateSearch;
  if (value.name !== 'done') return;
  duplicateSearch.set({ name: 'done', pairs: value.pairs.filter((pair) => pair !== decided) });
}

async function withTracks(engine: Engine, found: Duplicate[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const duplicate of found) {
    const [track, other] = [await engine.track(duplicate.track), await engine.track(duplicate.other)];
    if (track && other) pairs.push({ ...duplicate, track, other });
  }
  return pairs;
}
