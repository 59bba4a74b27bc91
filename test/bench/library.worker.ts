/** Runs the library's trial where the app's engine runs: in a worker, on IndexedDB. */

import { openMirror } from '../../src/library/index/pages/mirror.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { runTrial } from './library-trial.ts';
import { given, memoryBytes, serve, told } from './worker.ts';

serve(async ({ tracks }: { tracks: number }) => {
  const name = `bench ${tracks}`;
  const trial = await runTrial(await given(), tracks, {
    openShelf: () => openIndexedDb(name),
    openMirror: () => openMirror(name),
    memoryBytes,
    told,
  });
  // Chromium alone tells what takes how much.
  const estimate: StorageEstimate & { usageDetails?: { fileSystem?: number } } = await navigator.storage.estimate();
  return { ...trial, storedBytes: estimate.usage ?? 0, mirrorBytes: estimate.usageDetails?.fileSystem ?? 0 };
});
