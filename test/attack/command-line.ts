/** The command line as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PATIENCE } from './patience.ts';

export interface Ended {
  /** As shells have it: 128 and the signal's number for a process that a signal ended. */
  status: number;
  out: string;
  err: string;
  /** It did not end by itself. */
  isStuck: boolean;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
}

interface Options {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** After so long it is killed. */
  seconds?: number;
  /** Told each piece of its output. */
  heard?: (text: string) => void;
}

const numbers: Record<string, number> = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

type CommandOptions = Options & { library: string };

export function startCommand(words: string[], { library, env, ...options }: CommandOptions): Running {
  const program = join(process.env.ATTACK_PROGRAMS ?? '', 'cli.js');
  return startProgram(program, words, { ...options, env: { ENTENDU_LIBRARY: library, ...env } });
}

/** Starts a program in Node. */
export function startProgram(path: string, words: string[], { env, cwd, seconds = 60, heard }: Options = {}): Running {
  const child = spawn(process.execPath, [path, ...words], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = { out: '', err: '', isStuck: false };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    ended.out += text;
    heard?.(text);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ended.err += text;
  });
  const late = setTimeout(
    () => {
      ended.isStuck = true;
      child.kill('SIGKILL');
    },
    1000 * seconds * PATIENCE,
  );
  return {
    child,
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status, signal) => {
        clearTimeout(late);
        resolve({ ...ended, status: status ?? 128 + (numbers[signal ?? ''] ?? 0) });
      });
    }),
  };
}

export const runCommand = (words: string[], options: CommandOptions): Promise<Ended> =>
  startCommand(words, options).ended;
