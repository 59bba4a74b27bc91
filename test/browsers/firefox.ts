/** Firefox, driven by Marionette: its own WebDriver server, which speaks JSON over a socket and needs no other program. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFirefox } from '../../.setup/browser.mjs';
import { type Carrier, type Command, type Opening, Page } from './webdriver.ts';

const commands: Record<Command, string> = {
  'Navigate To': 'WebDriver:Navigate',
  'Execute Async Script': 'WebDriver:ExecuteAsyncScript',
  'Element Click': 'WebDriver:ElementClick',
  'Element Send Keys': 'WebDriver:ElementSendKeys',
  'Set Timeouts': 'WebDriver:SetTimeouts',
  'Set Window Rect': 'WebDriver:SetWindowRect',
  'Take Screenshot': 'WebDriver:TakeScreenshot',
};

const preferences = {
  'marionette.port': 0,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'intl.accept_languages': 'en-GB',
  'browser.download.always_ask_before_handling_new_types': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};

export async function openFirefox({ env = {} }: Opening = {}): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'entendu-firefox-'));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const browser = spawn(findFirefox()!, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const carrier = await Marionette.reach(browser, profile);
  await carrier.open();
  await carrier.send('Set Timeouts', { script: 60_000 });
  await carrier.send('Set Window Rect', { width: 500, height: 900 });
  return new Page(carrier);
}

type Answer = [type: number, id: number, error: { error: string; message: string } | null, result: unknown];
type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

class Marionette implements Carrier {
  private received = Buffer.alloc(0);
  private count = 0;
  private readonly waiting = new Map<number, Waiting>();

  private constructor(
    private readonly browser: ChildProcess,
    private readonly profile: string,
    private readonly socket: Socket,
  ) {
    socket.on('data', (bytes: Buffer) => this.receive(bytes));
  }

  /** Firefox writes the port that it chose to a file of its profile. */
  static async reach(browser: ChildProcess, profile: string): Promise<Marionette> {
    const file = join(profile, 'MarionetteActivePort');
    for (let waits = 0; !existsSync(file); waits++) {
      if (waits > 600 || browser.exitCode !== null) throw new Error('Firefox does not start.');
      await sleep(50);
    }
    const socket = connect(Number(readFileSync(file, 'utf8')), '127.0.0.1');
    await once(socket, 'connect');
    return new Marionette(browser, profile, socket);
  }

  open(): Promise<unknown> {
    return this.command('WebDriver:NewSession', { strictFileInteractability: false, acceptInsecureCerts: false });
  }

  send(command: Command, parameters: Record<string, unknown> = {}): Promise<unknown> {
    return this.command(commands[command], parameters);
  }

  async close(): Promise<void> {
    this.socket.destroy();
    if (this.browser.kill()) await once(this.browser, 'exit');
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private command(name: string, parameters: Record<string, unknown>): Promise<unknown> {
    const id = this.count++;
    const text = Buffer.from(JSON.stringify([0, id, name, parameters]));
    this.socket.write(`${text.length}:`);
    this.socket.write(text);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** A message is its length in bytes, a colon and JSON: `[1, id, error, result]`. The greeting is no array. */
  private receive(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    for (;;) {
      const colon = this.received.indexOf(':');
      const end = colon + 1 + Number(this.received.subarray(0, colon));
      if (colon < 0 || this.received.length < end) return;
      const message = JSON.parse(this.received.subarray(colon + 1, end).toString());
      this.received = this.received.subarray(end);
      if (Array.isArray(message)) this.answer(message as Answer);
    }
  }

  private answer([, id, error, result]: Answer): void {
    const { resolve, reject } = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(isObject(result) && 'value' in result ? result.value : result);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
