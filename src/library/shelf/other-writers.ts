/** The others that have the same library open: other tabs. */

/** What one of them changed: these tracks, or the segments, or, if neither is said, anything. */
export interface Change {
  generation: number;
  tracks?: number[];
  segments?: boolean;
}

export interface Neighbours {
  /** Runs `work` while no other tab runs any under the same name. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  tell(change: Change): void;
  hear(told: (change: Change) => void): void;
  leave(): void;
}

/** Nobody else, as in Node, where a folder is locked for one writer. Work of one name is still done one after another. */
export function noNeighbours(): Neighbours {
  const queues = new Map<string, Promise<unknown>>();
  return {
    alone(name, work) {
      const done = (queues.get(name) ?? Promise.resolve()).then(work);
      queues.set(
        name,
        done.catch(() => {}),
      );
      return done;
    },
    tell() {},
    hear() {},
    leave() {},
  };
}

/** Other tabs of this origin, by Web Locks and a BroadcastChannel. */
export function otherTabs(library: string): Neighbours {
  const channel = new BroadcastChannel(`${library} changes`);
  return {
    alone: (name, work) => navigator.locks.request(`${library} ${name}`, work),
    tell: (change) => channel.postMessage(change),
    hear(told) {
      channel.onmessage = ({ data }) => told(data);
    },
    leave: () => channel.close(),
  };
}
