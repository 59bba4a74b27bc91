/** The engine as others call it: closing waits for running calls, and what listening does not need is loaded when it is called. */
import { Gate } from '../library/gate.ts';
import type { Engine } from './api.ts';
import { LocalEngine } from './local-engine.ts';

type Method = (...args: unknown[]) => Promise<unknown>;

/** Implemented in `seldom-used.ts`. */
const SELDOM = [
  ...['exportBundle', 'previewBundle', 'importBundle', 'findDuplicates', 'keepPair', 'verify'],
  ...['lyrics', 'setLyrics', 'setCover', 'groups', 'prepareSearch', 'constellation'],
] as const;

/** Closing waits for running calls and ends the sessions; later calls fail with `LibraryClosed`. */
export function gated(engine: LocalEngine): Engine {
  const gate = new Gate();
  const methods = Object.getOwnPropertyNames(LocalEngine.prototype).filter((name) => name !== 'constructor');
  const call = (name: string) => engine[name as 'close'].bind(engine) as Method;
  const throughGate = methods.map((name) => [name, (...args: unknown[]) => gate.run(() => call(name)(...args))]);
  const seldom = SELDOM.map((name) => [
    name,
    (...args: unknown[]) =>
      gate.run(async () => ((await import('./seldom-used.ts'))[name] as Method)(engine.host, ...args)),
  ]);
  return {
    ...(Object.fromEntries([...throughGate, ...seldom]) as Engine),
    sessions: gatedPart(gate, () => engine.kept.open()),
    catalogues: gatedPart(gate, () => engine.subscriptions()),
    async close() {
      const closing = gate.close();
      await engine.stopListening();
      if (await closing) await engine.close();
    },
  };
}

/** A part whose code is loaded with the first call. */
function gatedPart<Part extends object>(gate: Gate, opened: () => Promise<Part>): Part {
  type Methods = Record<string | symbol, (...args: unknown[]) => Promise<unknown>>;
  const call =
    (_: Part, method: string | symbol) =>
    (...args: unknown[]) =>
      gate.run(async () => ((await opened()) as Methods)[method](...args));
  return new Proxy({} as Part, { get: call });
}
