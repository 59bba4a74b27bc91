/**
 * Node's threads talk through Comlink, as the page's workers do. `startThread` is the side of the host, `serveThread` that of the
 * thread.
 */
import { setTimeout } from 'node:timers/promises';
import { parentPort, Worker } from 'node:worker_threads';
import { expose, proxy, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { install } from '../engine/bridge/crossing.ts';
import type { Started } from '../learn/worker-pool.ts';
import { endChildren, noteChild, reportChildren, startNoMore } from './system/child-programs.ts';
import { tellable } from './system/node-fault.ts';

type ReportChild = (pid: number, isRunning: boolean) => void;
interface Served<A extends unknown[], W> {
  open(report: ReportChild, ...given: A): Promise<W>;
  startNoMore(): Promise<void>;
}

/** How long to wait for a thread to report its programs before it is ended. Only one that is stuck or busy takes longer. */
const LAST_WORD_MS = 300;

/** Starts a thread whose program calls `serveThread`; `given` are the arguments of the function served there. */
export function startThread<W, A extends unknown[]>(program: URL, given: A | Promise<A>): Started<W> {
  install();
  const worker = new Worker(program);
  /** Process ids of programs that the thread has started; they would outlive it. */
  const children = new Set<number>();
  const report: ReportChild = (pid, isRunning) => {
    if (isRunning) children.add(pid);
    else children.delete(pid);
    noteChild(pid, isRunning);
  };
  const thread = wrap(nodeEndpoint(worker)) as unknown as Served<A, W>;
  const crashed = new Promise<unknown>((resolve) => {
    worker.once('error', resolve);
    worker.once('exit', (code) => resolve(`exit code ${code}`));
  });
  return {
    remote: Promise.resolve(given).then((all) => thread.open(report, ...all)),
    crashed,
    async end() {
      // It may have just started a program and not reported it yet.
      await Promise.race([thread.startNoMore(), crashed, setTimeout(LAST_WORD_MS, undefined, { ref: false })]);
      await worker.terminate();
      endChildren(children);
    },
  };
}

/** Exposes the result of `open` to the host. */
export function serveThread<A extends unknown[], W extends object>(open: (...given: A) => W | Promise<W>): void {
  install();
  const served: Served<A, object> = {
    async open(report, ...given) {
      reportChildren(report);
      return proxy(tellable(await open(...given)));
    },
    startNoMore,
  };
  expose(served, nodeEndpoint(parentPort!));
}
