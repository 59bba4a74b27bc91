/** Opens the production build in a real browser, with a recording for its microphone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
  type Request,
} from '@playwright/test';
import { browserArgs, findBrowser } from '../../.setup/browser.mjs';
import { buildStage, serveStage } from '../stage/start.ts';
import { builtOnce } from '../support/built-once.ts';
import type { Plan } from '../support/music/composer.ts';
import { random } from '../support/random.ts';
import { type RecordingOptions, record, wav } from '../support/recording.ts';
import { buildWorkbench, serveWorkbench } from '../workbench/start.ts';
import { type LearntRows, putRows, takeRows } from './learnt-rows.ts';

export { expect };

interface Opened {
  page: Page;
  context: BrowserContext;
  /** Requests of the page to other origins. */
  strangers: string[];
}

interface Wish {
  /** What the microphone hears; faint noise by default. */
  hears?: Plan;
  how?: RecordingOptions;
  /** Files that the library knows when the app is opened. */
  knows?: string[];
  /** A browser with a profile on disk and these arguments, instead of the one that all tests share. */
  own?: { args: string[]; without?: string[] };
  /** A context of its own, for a test that changes it for good. */
  isAlone?: boolean;
  /** Touched by fingers, 390 x 844 px. */
  isPhone?: boolean;
  /** Whether the app may install its service worker. That costs time, so only tests that need it say so. */
  offline?: boolean;
  at?: string;
}

export const FAKE_MICROPHONE = '--use-fake-device-for-media-stream';
export const ALLOWED = '--use-fake-ui-for-media-stream';

/**
 * A page that decodes, learns or searches itself is busy nearly all the time. That no task takes 50 ms is measured by benchmarks (`import`,
 * `start`): here other programs may prolong every task.
 */
export const BUSY_SHARE = 0.25;

const fixtures = new URL('../fixtures/', import.meta.url).pathname;
export const fixture = (name: string): string => join(fixtures, name);

const next = random(1);
const NOISE = wav(
  Float32Array.from({ length: 8000 * 20 }, () => 0.02 * next() - 0.01),
  8000,
);

interface OfWorker {
  /** The file that the fake microphone plays. */
  microphone: string;
  /** The context in which tests follow one another: making a new one takes longer than many of them. Its first page stays empty. */
  shared: { context?: BrowserContext };
  /** Addresses of test pages. */
  stage: string;
  workbench: string;
}

/** On a busy machine it must not take the time of a test. */
const BUILDING = { scope: 'worker', timeout: 180_000 } as const;

async function served(
  { url, close }: { url: string; close(): Promise<void> },
  use: (url: string) => Promise<void>,
): Promise<void> {
  await use(url);
  await close();
}

export const test = base.extend<{ open: (wish?: Wish) => Promise<Opened> }, OfWorker>({
  /** Chromium reads this file each time a microphone is opened. */
  microphone: [
    async ({ playwright: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'entendu-'));
      const file = join(folder, 'microphone.wav');
      writeFileSync(file, NOISE);
      await use(file);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  shared: [
    async ({ playwright: _ }, use) => {
      const shared: OfWorker['shared'] = {};
      await use(shared);
      await shared.context?.close();
    },
    { scope: 'worker' },
  ],
  stage: [
    async ({ playwright: _ }, use) => served(await serveStage(await builtOnce('stage', buildStage)), use),
    BUILDING,
  ],
  workbench: [
    async ({ playwright: _ }, use) => served(await serveWorkbench(await builtOnce('workbench', buildWorkbench)), use),
    BUILDING,
  ],
  launchOptions: [
    async ({ microphone }, use) => {
      const sound = `--use-file-for-fake-audio-capture=${microphone}%noloop`;
      await use({ executablePath: findBrowser(), args: [...browserArgs, FAKE_MICROPHONE, ALLOWED, sound] });
    },
    { scope: 'worker' },
  ],
  open: async ({ playwright, browser, microphone, shared, baseURL, viewport }, use) => {
    /** What is to be done after the test. */
    const endings: (() => Promise<unknown>)[] = [];
    const folders: string[] = [];
    const launch = ({ args: others, without }: NonNullable<Wish['own']>, sound: string[]) => {
      folders.push(mkdtempSync(join(tmpdir(), 'entendu-')));
      return playwright.chromium.launchPersistentContext(folders.at(-1)!, {
        executablePath: findBrowser(),
        ignoreDefaultArgs: without,
        args: [...browserArgs, ...others, ...sound],
        ...{ baseURL, viewport, locale: 'en-GB' },
      });
    };
    const contextFor = async ({ own, isAlone, offline, isPhone }: Wish, sound: string[]) => {
      if (own || isAlone || offline || isPhone) {
        const context = await (own ? launch(own, sound) : newContext(browser, offline, isPhone ? PHONE : {}));
        endings.push(() => context.close());
        return context;
      }
      if (!shared.context) {
        shared.context = await newContext(browser);
        await shared.context.newPage();
      }
      const { context } = shared;
      endings.push(() => cleared(context, baseURL!));
      return context;
    };
    await use(async (wish = {}) => {
      const { hears, how, knows, at = '' } = wish;
      if (hears) record(microphone, hears, how);
      else writeFileSync(microphone, NOISE);
      const sound = hears ? [`--use-file-for-fake-audio-capture=${microphone}%noloop`] : [];
      const context = await contextFor(wish, sound);
      const strangers: string[] = [];
      const note = (request: Request) => {
        const { protocol, origin } = new URL(request.url());
        if (/^https?:$/.test(protocol) && origin !== new URL(baseURL!).origin) strangers.push(request.url());
      };
      context.on('request', note);
      endings.unshift(async () => context.off('request', note));
      const page = (wish.own && context.pages()[0]) || (await context.newPage());
      page.on('pageerror', (error) => console.error('the page failed:', error));
      if (knows) await putRows(page, await rowsOf(browser, knows));
      await page.goto(`./${at}`);
      return { page, context, strangers };
    });
    for (const end of endings) await end();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

async function newContext(
  browser: Browser,
  offline = false,
  device: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB', ...device });
  if (!offline) await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  return context;
}

/** Closes the pages of a context, and forgets what they and the test have left in it. */
async function cleared(context: BrowserContext, origin: string): Promise<void> {
  const [first, ...others] = context.pages();
  for (const page of others) await page.close();
  const devtools = await context.newCDPSession(first);
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(origin).origin, storageTypes: 'all' });
  await context.unrouteAll();
  await context.clearPermissions();
  await devtools.detach();
}

/** Of a library that knows these files. They are learnt once in a run. */
async function rowsOf(browser: Browser, names: string[]): Promise<LearntRows> {
  const file = await builtOnce(`${names.join()}.json`, async (file) => {
    const context = await newContext(browser);
    const page = await context.newPage();
    await learn(page, names);
    writeFileSync(file, JSON.stringify(await takeRows(page)));
    await context.close();
  });
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Chooses files as a person would, and waits until each is learnt or refused. */
export async function learn(page: Page, names: string[]): Promise<void> {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles(names.map(fixture));
  await expect(importing(page).getByRole('status')).toHaveText(/learnt$/, { timeout: 90_000 });
  // The list replaces the page of an empty library, and with it the button to add more.
  await expect(page.getByRole('region', { name: 'Library' })).toBeVisible();
}

/** The sheet with the progress of learning. */
export const importing = (page: Page): Locator => page.getByRole('region', { name: 'Add songs' });

/** A song that was recognised: a link to its page. */
export const answer = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: 'Listen' }).getByRole('link', { name: title });

/** Rows of the library's list, or those with a title. */
export const songsIn = (page: Page, title?: string): Locator =>
  page.getByRole('list', { name: 'Library' }).getByRole('listitem').filter({ hasText: title });

/** Rows of the history. */
export const sessionsIn = (page: Page): Locator => page.getByRole('region', { name: 'History' }).getByRole('listitem');

/** The message at the bottom of the screen. */
export const message = (page: Page, text: string): Locator => page.getByRole('status').filter({ hasText: text });

/** What the screen of listening tells. */
export const listenStatus = (page: Page): Locator => page.getByRole('region', { name: 'Listen' }).getByRole('status');

/** Nothing is stored in the library until the page is closed, so what is being learnt or recognised does not end. */
export async function holdWriting(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('entendu write', () => new Promise(() => held()));
      }),
  );
}

/** How many files a queue has noted for the next visit, in its database of that name. */
export function notedFiles(page: Page, queue: string): Promise<number> {
  return page.evaluate(async (name) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    // Opening it would make it, without what the app puts into it.
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return 0;
    const database = await done(indexedDB.open(name));
    const count = await done(database.transaction('waiting').objectStore('waiting').count());
    database.close();
    return count;
  }, queue);
}
