/** The service as a process of its own, over a library of composed songs. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { EntenduClient } from '../../src/server/client/client.ts';
import { SCOPES, type Scope, Tokens } from '../../src/server/tokens.ts';

export interface RunningService {
  address: string;
  /** One that may do everything. */
  token: string;
  pid: number;
  client(scope: Scope): EntenduClient;
  /** Resolves with what it has written when it has ended. */
  ended: Promise<{ status: number | null; out: string; err: string }>;
  stop(signal?: NodeJS.Signals): void;
}

/** `programs`: the folder with the built command line; `library` and `tokens` are paths. */
export async function startServe(
  programs: string,
  library: string,
  tokensFile: string,
  words: string[] = [],
): Promise<RunningService> {
  const tokens = new Tokens(tokensFile);
  const secrets = {} as Record<Scope, string>;
  for (const scope of SCOPES) {
    await tokens.remove(scope);
    secrets[scope] = await tokens.add(scope, scope);
  }
  const asked = ['serve', '--port', '0', '--library', library, '--tokens', tokensFile, ...words];
  const child = spawn(process.execPath, [join(programs, 'cli.js'), ...asked], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  const ended = new Promise<{ status: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, out, err })),
  );
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      const told = /^http:\S+/m.exec(out);
      if (told) resolve(told[0]);
    });
    ended.then(() => reject(new Error(`The service ended: ${err}`)));
  });
  await untilReady(address);
  return {
    address,
    token: secrets.admin,
    pid: child.pid ?? 0,
    client: (scope) => new EntenduClient(address, { token: secrets[scope] }),
    ended,
    stop: (signal = 'SIGTERM') => void child.kill(signal),
  };
}

async function untilReady(address: string): Promise<void> {
  for (;;) {
    const { ok } = await fetch(`${address}/health/ready`);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
