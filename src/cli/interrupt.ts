/**
 * From when this is first called, Ctrl-C asks to come to an end, and a second one ends at once. (A library is never half
 * written, however a program ends; but what is begun need not be lost.)
 */
export function interruptible(): AbortSignal {
  if (!stop) {
    const controller = new AbortController();
    stop = controller.signal;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  }
  return stop;
}

let stop: AbortSignal | undefined;
