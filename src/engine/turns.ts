/** Long work goes on in turns, so that sound, and the wish to stop, need not wait for its end. */

/** Worked in a row at most, about. */
const TURN_MS = 8;

/** Called between pieces of work; a promise when the turn is over and others may go first. */
export function turns(): () => Promise<void> | undefined {
  let begunMs = performance.now();
  return () => {
    if (performance.now() - begunMs < TURN_MS) return undefined;
    return othersGo().then(() => {
      begunMs = performance.now();
    });
  };
}

/** A message to oneself comes after all that waits already, and without the delay of a timer. */
function othersGo(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
