/** Runs the library's trial where the app's engine runs: in a worker, on IndexedDB. */
import { openIndexedDb } from '../../src/library/indexeddb.ts';
import { openMirror } from '../../src/library/mirror.ts';
import { runTrial } from './library-trial.ts';
import { given, memoryBytes, serve, told } from './worker.ts';

serve(async ({ tracks, mirror }: { tracks: number; mirror: boolean }) => {
  const name = `bench ${tracks}`;
  const trial = await runTrial(await given(), tracks, {
    openShelf: () => openIndexedDb(name),
    openMirror: async () => (mirror ? openMirror(name) : undefined),
    memoryBytes,
    told,
  });
  const { usage = 0 } = await navigator.storage.estimate();
  return { ...trial, storedBytes: usage };
});
