import type { Index } from '../../match/index-view.ts';

/** Wraps an index and measures the time spent in it; `match/` itself uses no clock. */
export function clocked(index: Index): Index & { readonly elapsedMs: number } {
  let elapsedMs = 0;
  async function timed<T>(answer: Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await answer;
    } finally {
      elapsedMs += performance.now() - start;
    }
  }
  return {
    get elapsedMs() {
      return elapsedMs;
    },
    lookup: (hashes) => timed(index.lookup(hashes)),
    stretches: () => index.stretches(),
    prints: (tracks) => timed(index.prints(tracks)),
    packedPrints: (tracks) => timed(index.packedPrints(tracks)),
    sketches: (tracks) => timed(index.sketches(tracks)),
    elsewhere: async (tracks) => (await index.elsewhere?.(tracks)) ?? [],
    isRefused: (...asked) => index.isRefused?.(...asked) ?? false,
  };
}
