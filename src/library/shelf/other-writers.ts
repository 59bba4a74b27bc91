/** Coordination of tabs that have the same library open: locks for writing, and notices of what was written. */

/** Announces a change: of these tracks, of the segments, or of rows kept for others. If none is given, anything may have changed. */
export interface Notice {
  /** The state's generation after the change. */
  generation: number;
  tracks?: number[];
  segments?: boolean;
  kept?: boolean;
}

export interface OtherWriters {
  /** Runs `work` while holding the lock of this name, which excludes this tab and all others. */
  exclusive<T>(lock: string, work: () => Promise<T>): Promise<T>;
  announce(notice: Notice): void;
  /** Sets the receiver of other tabs' notices. */
  listen(listener: (notice: Notice) => void): void;
  close(): void;
}

/** For a library that only this process may write, as in Node. The locks then serialise work within the process. */
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

/** For tabs of one origin: Web Locks and a BroadcastChannel. */
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
