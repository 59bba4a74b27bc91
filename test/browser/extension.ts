/** The browser extension in a real browser: its pages, and the popup of its button, which Playwright does not list. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page, PlaywrightWorkerArgs } from '@playwright/test';
import { browserArgs, findBrowser } from '../../.setup/browser.mjs';

export interface Extension {
  context: BrowserContext;
  page(name: string): Promise<Page>;
  /** Presses the extension's button while `tab` is in front, as a person does: only that allows it to hear the tab. */
  press(tab: Page): Promise<Popup>;
  /** What stands on the extension's button. */
  sign(): Promise<string>;
  close(): Promise<void>;
}

export async function loadExtension(
  { chromium }: PlaywrightWorkerArgs['playwright'],
  folder: string,
): Promise<Extension> {
  const profile = mkdtempSync(join(tmpdir(), 'entendu-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    locale: 'en-GB',
    ignoreDefaultArgs: ['--mute-audio', '--disable-extensions'],
    args: [
      ...browserArgs,
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      '--enable-unsafe-extension-debugging',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const id = new URL(worker.url()).host;
  return {
    context,
    async page(name) {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${id}/${name}`);
      return page;
    },
    async press(tab) {
      await tab.bringToFront();
      return openPopup(await context.browser()!.newBrowserCDPSession(), id, tab);
    },
    sign: () => worker.evaluate(() => chrome.action.getBadgeText({})),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** `Extensions` is not in Playwright's types. */
type Send = (method: string, params: object) => Promise<unknown>;

async function openPopup(browser: CDPSession, id: string, tab: Page): Promise<Popup> {
  const targets = async () => (await browser.send('Target.getTargets', { filter: [{}] })).targetInfos;
  const before = new Set((await targets()).map(({ targetId }) => targetId));
  const title = await tab.title();
  const shown = (await targets()).find((target) => target.type === 'tab' && target.title === title)!;
  await (browser.send.bind(browser) as Send)('Extensions.triggerAction', { id, targetId: shown.targetId });
  for (;;) {
    const popup = (await targets()).find(
      ({ type, url, targetId }) => type === 'page' && url.endsWith('/popup.html') && !before.has(targetId),
    );
    if (popup) return attach(browser, popup.targetId);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface Popup {
  /** What a person reads in it. */
  text(): Promise<string>;
  click(name: string): Promise<void>;
}

async function attach(browser: CDPSession, targetId: string): Promise<Popup> {
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (result: Record<string, never>) => void>();
  browser.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
  });
  const call = (method: string, params: object = {}) =>
    new Promise<Record<string, never>>((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      void browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    });
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, userGesture: true });
    if (exceptionDetails) throw new Error(`the popup failed: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: string }).value;
  };
  return {
    text: () => evaluate('document.body?.innerText ?? ""'),
    async click(name) {
      const button = `[...document.querySelectorAll('button')].find(({ innerText }) => innerText === '${name}')`;
      await evaluate(`${button}.click()`);
    },
  };
}
