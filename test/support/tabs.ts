import { noOtherWriters, type OtherWriters } from '../../src/library/shelf/other-writers.ts';

/** Simulates tabs in one process, with what `navigator.locks` and BroadcastChannel provide. Each call opens another tab. */
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
