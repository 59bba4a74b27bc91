/** Processes and threads that hold a shelf; `holder-program.ts` is what runs in them. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

export type Order = { open: string; readOnly?: boolean } | { put: number } | { keys: true } | { close: true };
export type Reply = { keys: number[] } | { fault: { name: string; message: string } };

export interface Holder {
  /** One order at a time. */
  do(order: Order): Promise<Reply>;
  /** To the process; `SIGKILL` ends a thread as well. Resolves, then, when it has ended. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Of the process, as it is seen from here. */
  pid?: number;
}

/** Gives a process a table of process ids of its own, in which it is number 1: what a container has. */
const CONTAINED = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
export const canContain = spawnSync(CONTAINED[0], [...CONTAINED.slice(1), 'true']).status === 0;

export function startProcess(program: string, { contained = false } = {}): Holder {
  const [command, ...words] = [...(contained ? CONTAINED : []), process.execPath, program];
  const child = spawn(command, words, { stdio: ['ignore', 'inherit', contained ? 'ignore' : 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const pid = () => (contained ? firstChildOf(child.pid as number) : (child.pid as number));
  return {
    pid: child.pid,
    async do(order) {
      const reply = once(child, 'message');
      child.send(order);
      return (await Promise.race([reply, ended.then((how) => Promise.reject(new Error(`it ended: ${how}`)))]))[0];
    },
    async signal(name) {
      process.kill(pid(), name);
      if (name === 'SIGKILL') await ended;
    },
  };
}

export function startThread(program: string): Holder {
  const worker = new Worker(program);
  return {
    async do(order) {
      const reply = once(worker, 'message');
      worker.postMessage(order);
      return (await reply)[0];
    },
    signal: async () => void (await worker.terminate()),
  };
}

function firstChildOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]);
}
