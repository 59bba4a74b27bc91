import { expose, wrap } from 'comlink';
import type { RemoteThread, StartedThread } from '../../src/engine/search-threads/held-elsewhere.ts';
import { SketchHolder } from '../../src/engine/search-threads/sketch-holder.ts';

/** A search thread that is none: what it is told crosses a channel, but it works on this thread. */
export interface ThreadHere extends StartedThread {
  isEnded: boolean;
  /** The names of the calls so far. */
  calls: string[];
  /** As if the thread came to an end by itself. */
  crash(): void;
}

export function startHere(started: ThreadHere[], failing: (call: string) => boolean = () => false): StartedThread {
  const { port1, port2 } = new MessageChannel();
  const calls: string[] = [];
  const noted = new Proxy(new SketchHolder(), {
    get(thread, name: keyof SketchHolder) {
      return (...given: unknown[]) => {
        calls.push(name);
        if (failing(name)) throw new Error(`no ${name} here`);
        return (thread[name] as (...given: unknown[]) => unknown)(...given);
      };
    },
  });
  expose(noted, port1);
  let crash: () => void = () => {};
  const crashed = new Promise<unknown>((resolve) => (crash = () => resolve('crashed')));
  const thread: ThreadHere = {
    remote: wrap(port2) as unknown as RemoteThread,
    ...{ isEnded: false, calls, crash, crashed },
    end() {
      thread.isEnded = true;
      port1.close();
      port2.close();
    },
  };
  started.push(thread);
  return thread;
}
