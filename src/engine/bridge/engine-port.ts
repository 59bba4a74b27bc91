/** Gives other threads access to the engine. */
import { createEndpoint, expose, type Remote } from 'comlink';
import type { Engine } from '../api.ts';

/** What learners use of the engine. */
export type LearnerEngine = Pick<Engine, 'known' | 'add'>;

/** A port to the engine; the thread that receives it calls Comlink's `wrap`. */
export async function portTo(engine: object): Promise<MessagePort> {
  // Comlink's proxies are functions: this engine lives in a worker, which is asked for another port.
  if (typeof engine === 'function') return (engine as unknown as Remote<object>)[createEndpoint]();
  const { port1, port2 } = new MessageChannel();
  expose(engine, port1);
  return port2;
}
