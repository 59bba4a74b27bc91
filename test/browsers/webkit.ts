/** WebKitGTK's MiniBrowser on a screen of Xvfb, driven by WebKitWebDriver: W3C WebDriver over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findWebKit } from '../../.setup/browser.mjs';
import { type Carrier, type Command, type Opening, Page } from './webdriver.ts';

const paths: Record<Command, (parameters: Record<string, unknown>) => string> = {
  'Navigate To': () => 'url',
  'Execute Async Script': () => 'execute/async',
  'Element Click': ({ id }) => `element/${id}/click`,
  'Element Send Keys': ({ id }) => `element/${id}/value`,
  'Set Timeouts': () => 'timeouts',
  'Set Window Rect': () => 'window/rect',
  'Take Screenshot': () => 'screenshot',
};

export async function openWebKit({ env = {} }: Opening = {}): Promise<Page> {
  const { driver, miniBrowser, xvfb } = findWebKit()!;
  const home = mkdtempSync(join(tmpdir(), 'entendu-webkit-'));
  const screen = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(screen.stdout, 'data');
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, ...ownFolders(home), DISPLAY: `:${String(number).trim()}`, LANG: 'en_GB.UTF-8', ...env },
  });
  const carrier = new OverHttp(`http://127.0.0.1:${port}/session`, [server, screen], home);
  try {
    await carrier.open(miniBrowser);
    await carrier.send('Set Timeouts', { script: 60_000 });
    await carrier.send('Set Window Rect', { x: 0, y: 0, width: 500, height: 900 });
  } catch (error) {
    await carrier.close();
    throw error;
  }
  return new Page(carrier);
}

/** What is stored goes with the folder. */
const ownFolders = (home: string) => ({
  HOME: home,
  XDG_DATA_HOME: join(home, 'data'),
  XDG_CACHE_HOME: join(home, 'cache'),
  XDG_CONFIG_HOME: join(home, 'config'),
});

class OverHttp implements Carrier {
  private session = '';

  constructor(
    private readonly root: string,
    private readonly processes: ChildProcess[],
    private readonly home: string,
  ) {}

  async open(binary: string): Promise<void> {
    const options = { binary, args: ['--automation', '--enable-media-stream=true', '--enable-mediasource=true'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    for (let tries = 0; ; tries++) {
      try {
        const { sessionId } = (await this.request('POST', this.root, { capabilities })) as { sessionId: string };
        this.session = `${this.root}/${sessionId}`;
        return;
      } catch (error) {
        // The driver does not answer at once.
        if (tries > 100 || !(error instanceof TypeError)) throw error;
        await sleep(50);
      }
    }
  }

  send(command: Command, parameters: Record<string, unknown> = {}): Promise<unknown> {
    const method = command === 'Take Screenshot' ? 'GET' : 'POST';
    return this.request(method, `${this.session}/${paths[command](parameters)}`, parameters);
  }

  async close(): Promise<void> {
    if (this.session) await this.request('DELETE', this.session).catch(() => {}); // it has crashed
    for (const one of this.processes) if (one.kill()) await once(one, 'exit');
    // Its other processes end a little later.
    await rm(this.home, { recursive: true, force: true, maxRetries: 20 });
  }

  private async request(method: string, url: string, body?: object): Promise<unknown> {
    const answer = await fetch(url, { method, body: method === 'POST' ? JSON.stringify(body) : undefined });
    const { value } = (await answer.json()) as { value: { error?: string; message?: string } | null };
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
