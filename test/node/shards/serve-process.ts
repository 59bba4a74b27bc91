/** `entendu serve` as a process of its own on loopback: a matcher, a front. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { EntenduClient } from '../../../src/server/client/client.ts';

export interface ServeProcess {
  address: string;
  pid: number;
  client: EntenduClient;
  /** What it has written so far. */
  told(): string;
  signal(signal: NodeJS.Signals): void;
  /** Status of /health/ready. */
  ready(): Promise<number>;
  untilReady(): Promise<void>;
  /** Ends it, and the processes that it has started. */
  kill(): Promise<void>;
}

export async function serveProcess(
  programs: string,
  words: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ServeProcess> {
  const asked = [
    'serve',
    '--no-tokens',
    '--workers',
    '1',
    ...(words.includes('--port') ? [] : ['--port', '0']),
    ...words,
  ];
  const child = spawn(process.execPath, [join(programs, 'cli.js'), ...asked], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let told = '';
  const hear = (text: string) => {
    told += text;
  };
  child.stderr.setEncoding('utf8').on('data', hear);
  const address = await addressOf(child, hear, () => told);
  const ready = () => fetch(`${address}/health/ready`).then(({ status }) => status);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    address,
    pid: child.pid ?? 0,
    client: new EntenduClient(address),
    told: () => told,
    signal: (signal) => void child.kill(signal),
    ready,
    async untilReady() {
      while ((await ready()) !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    async kill() {
      child.kill('SIGCONT');
      child.kill('SIGKILL'); // its workers end when they lose it
      await ended;
    },
  };
}

function addressOf(child: ChildProcess, hear: (text: string) => void, told: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      hear(text);
      const address = /^http:\S+/m.exec(told());
      if (address) resolve(address[0]);
    });
    child.once('exit', () => reject(new Error(`It ended: ${told()}`)));
  });
}
