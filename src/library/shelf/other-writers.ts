/** Other tabs that have the same library open: they write in turns, and tell each other what they wrote. */

/** What a writer changed: these tracks, the segments, or rows kept for others. If it says none of them, it may have been anything. */
export interface Notice {
  /** The state's generation after the change. */
  generation: number;
  tracks?: number[];
  segments?: boolean;
  kept?: boolean;
}

export interface OtherWriters {
  /** Runs `work` while nobody runs work under the same lock name, here or in another tab. */
  exclusive<T>(lock: string, work: () => Promise<T>): Promise<T>;
  announce(notice: Notice): void;
  /** Sets who hears the notices of others. */
  listen(listener: (notice: Notice) => void): void;
  close(): void;
}

/** For a library that only this process may write, as in Node. Work under one lock still runs one after another. */
export function noOtherWriters(): OtherWriters {
  const queues = new Map<string, Promise<unknown>>();
  return {
    exclusive(lock, work) {
      const done = (queues.get(lock) ?? Promise.resolve()).then(work);
      queues.set(
        lock,
        done.catch(() => {}),
      );
      return done;
    },
    announce() {},
    listen() {},
    close() {},
  };
}

/** Other tabs of this origin, by Web Locks and a BroadcastChannel. */
export function otherTabs(library: string): OtherWriters {
  const channel = new BroadcastChannel(`${library} changes`);
  return {
    exclusive: (lock, work) => navigator.locks.request(`${library} ${lock}`, work),
    announce: (notice) => channel.postMessage(notice),
    listen(listener) {
      channel.onmessage = ({ data }) => listener(data);
    },
    close: () => channel.close(),
  };
}
