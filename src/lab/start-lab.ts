import { wrap } from 'comlink';
import { install } from '../engine/bridge/crossing.ts';
import { portTo } from '../engine/bridge/engine-port.ts';
import { decodeForWorker } from '../learn/start-learner.ts';
import type { OpenLab } from './lab.worker.ts';
import type { Lab } from './lab-api.ts';
import type { LabEngine } from './lab-host.ts';

export interface StartedLab {
  lab: Promise<Lab>;
  /** Ends whatever it is doing. */
  end(): void;
}

/** A lab in a worker of its own, with its own port to the engine. */
export function startLab(engine: LabEngine): StartedLab {
  install();
  const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const open = wrap<OpenLab>(worker);
  const lab = portTo(engine).then(
    // Every method of Lab returns a promise already, so the wrapped one has the same type.
    (port) => open(port, decodeForWorker) as unknown as Promise<Lab>,
  );
  return { lab, end: () => worker.terminate() };
}
