import { type Neighbours, noNeighbours } from '../../src/library/shelf/other-writers.ts';

/** Neighbours in one process: what `navigator.locks` and a BroadcastChannel are to tabs. */
export function neighbourhood(): () => Neighbours {
  const { alone } = noNeighbours();
  const listeners = new Map<Neighbours, Parameters<Neighbours['hear']>[0]>();
  return () => {
    const self: Neighbours = {
      alone,
      tell(change) {
        for (const [other, told] of listeners) if (other !== self) queueMicrotask(() => told(structuredClone(change)));
      },
      hear: (told) => listeners.set(self, told),
      leave: () => listeners.delete(self),
    };
    return self;
  };
}
