import { noOtherWriters, type OtherWriters } from '../../src/library/shelf/other-writers.ts';

/** Tabs in one process: what `navigator.locks` and a BroadcastChannel are to real ones. Each call opens one more. */
export function tabs(): () => OtherWriters {
  const { exclusive } = noOtherWriters();
  const listeners = new Map<OtherWriters, Parameters<OtherWriters['listen']>[0]>();
  return () => {
    const self: OtherWriters = {
      exclusive,
      announce(notice) {
        for (const [other, hear] of listeners) if (other !== self) queueMicrotask(() => hear(structuredClone(notice)));
      },
      listen: (listener) => listeners.set(self, listener),
      close: () => listeners.delete(self),
    };
    return self;
  };
}
