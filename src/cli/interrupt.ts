/**
 * From when this is called, the first Ctrl-C asks to come to an end, and the second ends at once. (A library is never
 * half written, however it ends; but what is begun need not be lost.)
 */
export function interruptible(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}
