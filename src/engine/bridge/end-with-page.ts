/**
 * Ends a worker that has a library open when its page is left. A page that the browser keeps for "Back" keeps its workers, too, and
 * WebKit suspends them while they hold locks and transactions: every other page of the origin would wait for these forever. When such
 * a page is shown again, it is loaded anew.
 */
export function endWithPage(worker: Worker, signal?: AbortSignal): void {
  window.addEventListener('pagehide', () => worker.terminate(), { signal });
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload(), { signal });
}
