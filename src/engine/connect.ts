/** Reaches the engine from the page: starts its worker and hands out the one door. */
import { wrap } from 'comlink';
import type { Engine } from './api.ts';
import { install } from './crossing.ts';

/** The engine opens its library in the background; the first call waits for it and tells what went wrong. */
export function connectEngine(): Engine {
  install();
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  // Every method of Engine returns a promise already, so the wrapped one has the same type.
  return wrap<Engine>(worker) as unknown as Engine;
}
