/** Hosts the engine for another page: its name is that of the library in IndexedDB, or empty for one in memory. Glue only. */

import { serveEngine } from '../engine/bridge/serve-engine.ts';
import { openEngine } from '../engine/engine.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { kernelUrl } from '../kernel/url.ts';
import { openIndexedDb } from '../library/shelf/indexeddb.ts';
import { openMemory } from '../library/shelf/memory.ts';
import { otherTabs } from '../library/shelf/other-writers.ts';

const { name } = self;

serveEngine(async (troubles) => {
  const kernel = fetch(kernelUrl).then(compileKernel);
  if (!name) return openEngine({ shelf: openMemory(), kernel: await kernel, searchThreads });
  const shelf = await openIndexedDb(name, troubles);
  troubles.over();
  return openEngine({
    shelf,
    kernel: await kernel,
    others: otherTabs(name),
    openMirror,
    searchThreads,
    readsAhead: true,
  });
});

/** Loaded when the index is in shape: before that it has no copies. */
async function openMirror() {
  const mirror = await import('../library/index/pages/mirror.ts');
  return mirror.openMirror(name);
}

/** Loaded when a whole library is searched. */
async function searchThreads() {
  const { searchWorkers } = await import('../engine/search-threads/start-search-worker.ts');
  return searchWorkers();
}
