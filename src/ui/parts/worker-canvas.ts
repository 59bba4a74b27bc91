/** A canvas that a worker draws on; where a canvas cannot be handed over, the page draws it itself. */
interface WorkerCanvas<Message> {
  show(message: Message, transfer?: Transferable[]): void;
  close(): void;
}

/** `start` starts the worker, whose first message brings the canvas; `onPage` makes a painter for the page. */
export function openWorkerCanvas<Message>(
  frame: HTMLElement,
  start: () => Worker,
  onPage: (canvas: HTMLCanvasElement, memory: HTMLCanvasElement) => Promise<(message: Message) => void>,
  first: object = {},
): WorkerCanvas<Message> {
  const canvas = document.createElement('canvas');
  frame.replaceChildren(canvas);
  if (!('transferControlToOffscreen' in canvas)) {
    const opening = onPage(canvas, document.createElement('canvas'));
    return { show: (message) => void opening.then((paint) => paint(message)), close: () => {} };
  }
  const worker = start();
  const offscreen = canvas.transferControlToOffscreen();
  worker.postMessage({ ...first, canvas: offscreen }, [offscreen]);
  return { show: (message, transfer = []) => worker.postMessage(message, transfer), close: () => worker.terminate() };
}
