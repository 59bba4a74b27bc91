/** Hosts the engine: opens this browser's library and serves the page. Glue only. */
import { compileKernel } from '../kernel/kernel.ts';
import { kernelUrl } from '../kernel/url.ts';
import { openMirror } from '../library/index/pages/mirror.ts';
import { openIndexedDb } from '../library/shelf/indexeddb.ts';
import { otherTabs } from '../library/shelf/other-writers.ts';
import { openEngine } from './engine.ts';
import { serveEngine } from './serve-engine.ts';

const LIBRARY = 'entendu';

serveEngine(async (troubles) => {
  const kernel = fetch(kernelUrl).then(compileKernel);
  const shelf = await openIndexedDb(LIBRARY, troubles);
  troubles.over();
  const mirror = await openMirror(LIBRARY);
  return openEngine({ shelf, kernel: await kernel, others: otherTabs(LIBRARY), mirror, earlierSessions });
});

/** Loaded when sessions are first used. */
async function earlierSessions() {
  const { oldHistory } = await import('../sessions/old-history.ts');
  return oldHistory();
}
