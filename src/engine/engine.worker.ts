/** Hosts the engine: opens this browser's library and serves the page. Glue only. */
import { expose, proxy } from 'comlink';
import { faultOf, type UserError } from '../errors.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { kernelUrl } from '../kernel/url.ts';
import { openMirror } from '../library/index/pages/mirror.ts';
import { openIndexedDb } from '../library/shelf/indexeddb.ts';
import { otherTabs } from '../library/shelf/other-writers.ts';
import type { Engine, EngineChange, Sessions } from './api.ts';
import { install } from './crossing.ts';
import { openEngine } from './engine.ts';

const LIBRARY = 'entendu';

install();

/** Reports storage problems to subscribers directly, because the library may not be open yet, or no longer. */
const watchers = new Set<(change: EngineChange) => void>();
let trouble: EngineChange | undefined;
const telling = (kind: 'lost' | 'waiting') => (fault: UserError) => {
  trouble = { kind, fault: faultOf(fault) };
  for (const watcher of watchers) watcher(trouble);
};

const engine = open();
engine.catch(() => {}); // every call reports it

async function open(): Promise<Engine> {
  const kernel = fetch(kernelUrl).then(compileKernel);
  const shelf = await openIndexedDb(LIBRARY, { lost: telling('lost'), waiting: telling('waiting') });
  trouble = undefined;
  const mirror = await openMirror(LIBRARY);
  return openEngine({ shelf, kernel: await kernel, others: otherTabs(LIBRARY), mirror, earlierSessions });
}

/** Loaded when sessions are first used. */
async function earlierSessions() {
  const { oldHistory } = await import('../sessions/old-history.ts');
  return oldHistory();
}

async function watch(changed: (change: EngineChange) => void): Promise<() => void> {
  watchers.add(changed);
  if (trouble) changed(trouble);
  const end = await (await engine).watch(changed);
  return () => {
    watchers.delete(changed);
    end();
  };
}

type EngineMethod = (...args: unknown[]) => Promise<unknown>;

/** Methods whose result stays in the worker; the page gets a proxy of it. */
const REMOTE: (keyof Engine)[] = ['listen', 'analyse'];

/** Calls wait until the library is open. */
const sessions = new Proxy({} as Sessions, {
  get:
    (_, method: keyof Sessions) =>
    async (...args: unknown[]) =>
      ((await engine).sessions[method] as EngineMethod)(...args),
});

const door = new Proxy({} as Engine, {
  get: (_, method: keyof Engine) =>
    method === 'sessions'
      ? sessions
      : async function call(...args: unknown[]) {
          if (method === 'watch') return watch(...(args as Parameters<typeof watch>));
          const opened = await engine;
          const result = await (opened[method] as EngineMethod).apply(opened, args);
          return REMOTE.includes(method) ? proxy(result as object) : result;
        },
});

expose(door);
