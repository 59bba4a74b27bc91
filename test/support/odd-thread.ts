/** A thread that misbehaves on request. */
import { readFileSync, writeFileSync } from 'node:fs';
import { serveThread } from '../../src/node/start-thread.ts';
import { startProgram } from '../../src/node/system/child-programs.ts';

export interface OddThread {
  /** The options with which it was started. */
  given(): Promise<string>;
  read(path: string): Promise<string>;
  tellForMs(ms: number, tell: () => void): Promise<string>;
  hang(): Promise<never>;
  exit(): Promise<never>;
  /** Starts a long-running program; returns its process id. */
  sleep(): Promise<number>;
  /** Blocks its thread, then starts such a program and writes its process id into a file. */
  sleepAfter(ms: number, file: string): Promise<void>;
}

const sleep = () => startProgram('sleep', ['1000'], { stdio: 'ignore' });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

serveThread((given: string) => ({
  given: async () => given,
  read: async (path: string) => readFileSync(path, 'utf8'),
  async tellForMs(ms: number, tell: () => void) {
    for (let told = 0; told < ms; told += 50) {
      await wait(50);
      tell();
    }
    return 'done';
  },
  async hang() {
    for (;;);
  },
  async exit() {
    process.exit(3);
  },
  sleep: async () => sleep().pid,
  async sleepAfter(ms: number, file: string) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    writeFileSync(file, String(sleep().pid));
  },
}));
