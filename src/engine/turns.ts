/** Splits long work into turns, so that new sound and cancellation need not wait for its end. */

/** Approximate maximum length of a turn. */
const TURN_MS = 8;

/** Call between pieces of work. Returns a promise to wait for if the turn is over and other work may run. */
export function turns(): () => Promise<void> | undefined {
  let begunMs = performance.now();
  return () => {
    if (performance.now() - begunMs < TURN_MS) return undefined;
    return othersGo().then(() => {
      begunMs = performance.now();
    });
  };
}

/** A message to the own thread arrives after everything that is already waiting, without the delay of a timer. */
export function othersGo(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
