/** Serves an engine from a worker to the page that started it. Calls wait until the library is open. */
import { expose, proxy } from 'comlink';
import { faultOf, type UserError } from '../../errors.ts';
import type { Engine, EngineChange } from '../api.ts';
import { install } from './crossing.ts';

type EngineMethod = (...args: unknown[]) => Promise<unknown>;

/** Methods whose result stays in the worker; the page gets a proxy of it. */
const REMOTE: (keyof Engine)[] = ['listen', 'analyse'];

/** What storage reports while the library is being opened, or later. */
interface Troubles {
  lost(fault: UserError): void;
  waiting(fault: UserError): void;
  /** The library could be opened after all. */
  over(): void;
}

export function serveEngine(open: (troubles: Troubles) => Promise<Engine>): void {
  install();
  /** Storage problems are reported to subscribers directly, because the library may not be open yet, or no longer. */
  const watchers = new Set<(change: EngineChange) => void>();
  let trouble: EngineChange | undefined;
  const telling = (kind: 'lost' | 'waiting') => (fault: UserError) => {
    trouble = { kind, fault: faultOf(fault) };
    for (const watcher of watchers) watcher(trouble);
  };
  const over = () => {
    trouble = undefined;
  };
  const engine = open({ lost: telling('lost'), waiting: telling('waiting'), over });
  engine.catch(() => {}); // every call reports it

  async function watch(changed: (change: EngineChange) => void): Promise<() => void> {
    watchers.add(changed);
    if (trouble) changed(trouble);
    const end = await (await engine).watch(changed);
    return () => {
      watchers.delete(changed);
      end();
    };
  }

  /** A part of the engine: its methods wait for the engine, too. */
  const partOf = (part: 'sessions' | 'catalogues') =>
    new Proxy({} as Record<string, EngineMethod>, {
      get:
        (_, method: string) =>
        async (...args: unknown[]) =>
          ((await engine)[part] as unknown as Record<string, EngineMethod>)[method](...args),
    });

  const door = new Proxy({} as Engine, {
    get: (_, method: keyof Engine) =>
      method === 'sessions' || method === 'catalogues'
        ? partOf(method)
        : async function call(...args: unknown[]) {
            if (method === 'watch') return watch(...(args as Parameters<typeof watch>));
            const opened = await engine;
            const result = await (opened[method] as EngineMethod).apply(opened, args);
            return REMOTE.includes(method) ? proxy(result as object) : result;
          },
  });

  expose(door);
}
