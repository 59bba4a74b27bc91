/**
 * Threads of Node, reached as the page reaches its workers: through Comlink. `startThread` is the host's side, `serveThread` that
 * of the thread.
 */
import { parentPort, Worker } from 'node:worker_threads';
import { expose, proxy, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { install } from '../engine/crossing.ts';
import type { Started } from '../learn/worker-pool.ts';
import { endChildren, noteChild, reportChildren } from './child-programs.ts';
import { tellable } from './node-fault.ts';

type ReportChild = (pid: number, isRunning: boolean) => void;
type Open<A extends unknown[]> = (report: ReportChild, ...given: A) => Promise<object>;

/** Starts a thread whose program calls `serveThread`, and gives it what it needs. */
export function startThread<W, A extends unknown[]>(program: URL, given: A | Promise<A>): Started<W> {
  install();
  const worker = new Worker(program);
  /** Programs that the thread has started: they would outlive it. */
  const children = new Set<number>();
  const report: ReportChild = (pid, isRunning) => {
    if (isRunning) children.add(pid);
    else children.delete(pid);
    noteChild(pid, isRunning);
  };
  const open = wrap<Open<A>>(nodeEndpoint(worker)) as unknown as (report: ReportChild, ...given: A) => Promise<W>;
  const crashed = new Promise<unknown>((resolve) => {
    worker.once('error', resolve);
    worker.once('exit', (code) => resolve(`exit code ${code}`));
  });
  return {
    remote: Promise.resolve(given).then((all) => open(report, ...all)),
    crashed,
    async end() {
      await worker.terminate();
      endChildren(children);
    },
  };
}

/** Gives whoever started this thread what `open` makes. */
export function serveThread<A extends unknown[], W extends object>(open: (...given: A) => W | Promise<W>): void {
  install();
  const opened: Open<A> = async (report, ...given) => {
    reportChildren(report);
    return proxy(tellable(await open(...given)));
  };
  expose(opened, nodeEndpoint(parentPort!));
}
