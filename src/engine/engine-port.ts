/** Other ways to the engine, for threads that work for it. */
import { createEndpoint, expose, type Remote } from 'comlink';
import type { Engine } from './api.ts';

/** What learners ask of the engine. */
export type LearnerEngine = Pick<Engine, 'known' | 'add'>;

/** A port to an engine; `wrap` makes an engine of it in the thread that gets it. */
export async function portTo(engine: LearnerEngine): Promise<MessagePort> {
  // What Comlink wraps is a function: the engine lives in a worker, which is asked for a second port.
  if (typeof engine === 'function') return (engine as Remote<LearnerEngine>)[createEndpoint]();
  const { port1, port2 } = new MessageChannel();
  expose(engine, port1);
  return port2;
}
