/** Connects the page to the engine: starts its worker and returns its interface. */
import { wrap } from 'comlink';
import type { Engine } from '../api.ts';
import { install } from './crossing.ts';
import { endWithPage } from './end-with-page.ts';

/** The engine opens its library in the background. The first call waits for that, and rejects if it failed. */
export function connectEngine(): Engine {
  install();
  const worker = new Worker(new URL('./app-engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  endWithPage(worker);
  // All methods of Engine return promises, so the remote has the same type.
  return wrap<Engine>(worker) as unknown as Engine;
}
