/** Hosts the engine: opens the library of this browser and answers the page. Nothing but glue. */
import { expose, proxy } from 'comlink';
import { compileKernel } from '../kernel/kernel.ts';
import { kernelUrl } from '../kernel/url.ts';
import { openIndexedDb } from '../library/indexeddb.ts';
import { openMirror } from '../library/mirror.ts';
import { otherTabs } from '../library/neighbours.ts';
import type { Engine } from './api.ts';
import { install } from './crossing.ts';
import { openEngine } from './engine.ts';

const LIBRARY = 'entendu';

install();

const engine = open();
engine.catch(() => {}); // told to whoever calls

async function open(): Promise<Engine> {
  const kernel = fetch(kernelUrl).then(compileKernel);
  const shelf = await openIndexedDb(LIBRARY);
  const mirror = await openMirror(LIBRARY);
  return openEngine({ shelf, kernel: await kernel, neighbours: otherTabs(LIBRARY), mirror });
}

/** Calls wait until the library is open; a session stays here, and the page gets its remote. */
const door = new Proxy({} as Engine, {
  get: (_, method: keyof Engine) =>
    async function call(...args: unknown[]) {
      const opened = await engine;
      const result = await (opened[method] as (...args: unknown[]) => Promise<unknown>).apply(opened, args);
      return method === 'listen' ? proxy(result as object) : result;
    },
});

expose(door);
