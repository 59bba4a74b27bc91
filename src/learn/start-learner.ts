import { wrap } from 'comlink';
import { install } from '../engine/crossing.ts';
import type { Learner } from './learner.ts';

/** A learner and the end of it: whatever it is doing, it does no more. */
export interface Hired {
  learner: Learner;
  dismiss(): void;
}

/** In a worker of its own. */
export function startLearner(): Hired {
  install();
  const worker = new Worker(new URL('./learn.worker.ts', import.meta.url), { type: 'module', name: 'learn' });
  // Every method of Learner returns a promise already, so the wrapped one has the same type.
  return { learner: wrap<Learner>(worker) as unknown as Learner, dismiss: () => worker.terminate() };
}
