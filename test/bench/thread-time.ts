/** Processor time of each thread of this process, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds so far, by the thread's number; empty where the system does not tell. */
export function threadTimes(): Map<number, number> {
  try {
    return new Map(readdirSync('/proc/self/task').map((id) => [Number(id), timeOf(id)]));
  } catch {
    return new Map();
  }
}

/** Milliseconds of the main thread alone: what the engine that runs it collects or compiles on others is left out, where it is told. */
export function mainThreadMs(): number {
  try {
    return timeOf(String(process.pid));
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

const timeOf = (id: string) => Number(readFileSync(`/proc/self/task/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
