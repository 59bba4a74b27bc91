import { transfer, wrap } from 'comlink';
import { decodeOnPage } from '../audio/decode-on-page.ts';
import { install } from '../engine/bridge/crossing.ts';
import { type LearnerEngine, portTo } from '../engine/bridge/engine-port.ts';
import type { OpenLearner } from './learn.worker.ts';
import type { Learner } from './learner.ts';
import type { Started } from './worker-pool.ts';

/** A learner in a worker of its own, with its own port to the engine. */
export function startLearner(engine: LearnerEngine): Started<Learner> {
  install();
  const worker = new Worker(new URL('./learn.worker.ts', import.meta.url), { type: 'module', name: 'learn' });
  const open = wrap<OpenLearner>(worker);
  const remote = portTo(engine).then(
    // Every method of Learner returns a promise already, so the wrapped one has the same type.
    (port) => open(port, decodeForWorker) as unknown as Promise<Learner>,
  );
  let isReady = false;
  remote.then(
    () => (isReady = true),
    () => {},
  );
  const crashed = new Promise<unknown>((resolve) => {
    // Once it is ready, an uncaught error does not end it.
    worker.onerror = (event) => isReady || resolve(event);
  });
  return { remote, crashed, end: () => worker.terminate() };
}

/** `decodeOnPage` for workers; undefined where there is none. */
export const decodeForWorker =
  typeof OfflineAudioContext === 'undefined'
    ? undefined
    : async (file: Blob) => {
        const sound = await decodeOnPage(file);
        return transfer(
          sound,
          sound.channels.map(({ buffer }) => buffer),
        );
      };
