/**
 * The kernel in Firefox gives what it gives in Node, to the bit: `node .setup/run.mjs test/browser/firefox.ts`, where a
 * Firefox is installed. No part of `npm test`. The page fetches a sound from a little server here and posts its peaks back.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { kernelModule } from '../support/kernel.ts';
import { base64Of, kernelSounds } from '../support/kernel-sounds.ts';
import { peaksText } from '../support/peaks-text.ts';
import { serveWorkbench } from '../workbench/start.ts';

const firefox = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)))
  .find((path) => existsSync(path));
if (!firefox) throw new Error('There is no Firefox on the path.');

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** Offers the sound, and waits for what is posted. */
async function exchange(sound: string, open: (address: string) => void): Promise<string> {
  const server = createServer();
  const posted = new Promise<string>((resolve, reject) => {
    setTimeout(() => reject(new Error('Firefox did not answer within two minutes.')), 120_000).unref();
    server.on('request', async (request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (request.method === 'POST') resolve(await textOf(request));
      response.end(request.method === 'GET' ? sound : '');
    });
  });
  server.listen(0, '127.0.0.1', () => open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  try {
    return await posted;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function peaksThere(page: string, base64: string, sampleRate: number): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  let browser: ChildProcess | undefined;
  try {
    return await exchange(JSON.stringify({ base64, sampleRate }), (address) => {
      const options = ['--headless', '--no-remote', '--profile', profile, `${page}#${address}`];
      browser = spawn(firefox!, options, { stdio: 'ignore' });
    });
  } finally {
    if (browser?.kill()) await once(browser, 'exit');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const served = await serveWorkbench();
let failures = 0;
for (const [name, sound] of Object.entries(kernelSounds)) {
  const base64 = base64Of(sound);
  const same =
    (await peaksThere(served.url, base64, sound.sampleRate)) === peaksText(kernelModule, base64, sound.sampleRate);
  console.log(`${name}: ${same ? 'the same' : 'not the same'} in Firefox as in Node`);
  if (!same) failures++;
}
await served.close();
process.exitCode = failures ? 1 : 0;
