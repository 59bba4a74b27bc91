/** Hosts the engine: opens this browser's library and serves the page. Glue only. */
import { compileKernel } from '../../kernel/kernel.ts';
import { kernelUrl } from '../../kernel/url.ts';
import { openIndexedDb } from '../../library/shelf/indexeddb.ts';
import { otherTabs } from '../../library/shelf/other-writers.ts';
import { openEngine } from '../engine.ts';
import { serveEngine } from './serve-engine.ts';

const LIBRARY = 'entendu';

serveEngine(async (troubles) => {
  const kernel = fetch(kernelUrl).then(compileKernel);
  const shelf = await openIndexedDb(LIBRARY, troubles);
  troubles.over();
  return openEngine({
    shelf,
    kernel: await kernel,
    others: otherTabs(LIBRARY),
    openMirror,
    earlierSessions,
    searchThreads,
    readsAhead: true,
  });
});

/** Loaded when sessions are first used. */
async function earlierSessions() {
  const { oldHistory } = await import('../../sessions/old-history.ts');
  return oldHistory();
}

/** Loaded when the index is in shape: before that it has no copies. */
async function openMirror() {
  const mirror = await import('../../library/index/pages/mirror.ts');
  return mirror.openMirror(LIBRARY);
}

/** Loaded when a whole library is searched. */
async function searchThreads() {
  const { searchWorkers } = await import('../search-threads/start-search-worker.ts');
  return searchWorkers();
}
