/**
 * Ctrl-C. The first one aborts a signal, so that work can end properly; after a moment, or at the second one, the process ends
 * at once. (A library is never half written, however a program ends.)
 */
import { endChildren } from './child-programs.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const GRACE_MS = 700;

let stop: AbortSignal | undefined;
const leftovers = new Set<() => void>();

/** Aborts at the first Ctrl-C. From the first call on, the system's signals no longer end the process by themselves. */
export function interruptible(): AbortSignal {
  if (stop) return stop;
  const controller = new AbortController();
  stop = controller.signal;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (controller.signal.aborted) end(signal);
      controller.abort();
      setTimeout(() => end(signal), GRACE_MS).unref();
    });
  return stop;
}

export const isInterrupted = (): boolean => stop?.aborted ?? false;

/** `tidy` runs if the process is ended from outside; it must be synchronous. Returns a function that cancels this. */
export function whenEnded(tidy: () => void): () => void {
  interruptible();
  leftovers.add(tidy);
  return () => leftovers.delete(tidy);
}

/** By the signal itself: `process.exit` would wait for a thread that is blocked in a read. */
function end(signal: NodeJS.Signals): void {
  for (const tidy of leftovers) tidy();
  endChildren();
  for (const each of SIGNALS) process.removeAllListeners(each);
  process.kill(process.pid, signal);
}
