/** Child processes (ffmpeg). None outlives this process, or the thread that started it. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

const running = new Set<number>();
let report: (pid: number, isRunning: boolean) => unknown = () => {};
/** A promise that settles when the host has received the last report. */
let reported: unknown;
let isClosed = false;

/** On a thread: tells its host, which ends the program when it ends the thread. */
export function reportChildren(to: typeof report): void {
  report = to;
}

/** On a thread that is about to be ended: refuses to start more programs. Resolves when the host knows all that were started. */
export async function startNoMore(): Promise<void> {
  isClosed = true;
  await reported;
}

interface ProgramLimits {
  /** Seconds of processor time. */
  cpuSeconds: number;
  /** Address space. */
  bytes: number;
}

let limits: ProgramLimits | undefined;

/** From now on the system ends a program that takes more. Where there is no `ulimit` (Windows) nothing is limited. */
export function limitPrograms(most: ProgramLimits): void {
  limits = process.platform === 'win32' ? undefined : most;
}

export function startProgram(name: string, words: string[], options: SpawnOptions): ChildProcess {
  if (isClosed) throw new Error(`This thread is about to be ended, so it does not start ${name}.`);
  const child = limits ? spawn('/bin/sh', limited(limits, name, words), options) : spawn(name, words, options);
  const { pid } = child;
  if (pid === undefined) return child;
  noteChild(pid, true);
  child.once('exit', () => noteChild(pid, false));
  return child;
}

/** `exec` replaces the shell by the program. macOS has no limit for memory; the program then runs without. */
const limited = ({ cpuSeconds, bytes }: ProgramLimits, name: string, words: string[]) => [
  '-c',
  `ulimit -t ${cpuSeconds}; ulimit -v ${Math.ceil(bytes / 1024)} 2>/dev/null; exec "$0" "$@"`,
  name,
  ...words,
];

export function noteChild(pid: number, isRunning: boolean): void {
  if (running.size === 0) process.once('exit', endAll);
  if (isRunning) running.add(pid);
  else running.delete(pid);
  if (running.size === 0) process.off('exit', endAll);
  reported = report(pid, isRunning);
}

const endAll = () => endChildren();

/** They only read a file and write to us, so they can be killed at any time. */
export function endChildren(pids: Iterable<number> = running): void {
  for (const pid of [...pids]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
    running.delete(pid);
  }
}
