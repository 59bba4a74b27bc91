/** Which process this is, and whether one that wrote this down earlier still exists. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  pid: number;
  /** Distinguishes a process from a later one with the same id; empty where the system does not provide it. */
  started: string;
  /** Identifies the processes that can see each other: one boot of one machine, or of one container. */
  place: string;
}

let own: ProcessIdentity | undefined;

export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, started: startOf(process.pid) ?? '', place: placeHere() };
  return own;
}

export const isHere = ({ place }: ProcessIdentity) => place === ownIdentity().place;

/** Of a process that is here. */
export const isRunning = ({ pid, started }: ProcessIdentity) =>
  exists(pid) && (started === '' || startOf(pid) === started);

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return true;
}

/** Start of a process in ticks since boot; undefined where the system does not provide it, and for one that has ended. */
function startOf(pid: number): string | undefined {
  try {
    // The name, in brackets, may contain anything. The state is the first field after it, the start the twentieth.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function placeHere(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
