/** Opens the production build in a real browser, with a recording for its microphone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import type { Plan } from '../support/music/composer.ts';
import { type RecordingOptions, record } from '../support/recording.ts';

export { expect };

interface Opened {
  page: Page;
  context: BrowserContext;
  /** What the page asked of other places than its own. */
  strangers: string[];
}

interface Wish {
  /** What the microphone hears; nothing but Chromium's beeps if not said. */
  hears?: Plan;
  how?: RecordingOptions;
  /** The microphone is refused. */
  refuses?: boolean;
  /** There is no microphone. */
  deaf?: boolean;
  at?: string;
  /** The title of the tab that is shared when the page asks for one. */
  shares?: string;
}

const fixtures = new URL('../fixtures/', import.meta.url).pathname;
export const fixture = (name: string): string => join(fixtures, name);

export const test = base.extend<{ open: (wish?: Wish) => Promise<Opened> }>({
  open: async ({ baseURL, viewport }, use) => {
    const folders: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async ({ hears, how, refuses, deaf, at = '', shares } = {}) => {
      const folder = mkdtempSync(join(tmpdir(), 'entendu-'));
      folders.push(folder);
      const sound = join(folder, 'microphone.wav');
      if (hears) record(sound, hears, how);
      const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
        executablePath: findBrowser(),
        // A browser without loudspeakers shares silence.
        ignoreDefaultArgs: shares ? ['--mute-audio'] : [],
        baseURL,
        viewport,
        locale: 'en-GB',
        args: [
          '--no-sandbox',
          '--disable-background-networking',
          '--no-first-run',
          ...(deaf ? [] : ['--use-fake-device-for-media-stream']),
          ...permissions(refuses, shares),
          ...(hears ? [`--use-file-for-fake-audio-capture=${sound}%noloop`] : []),
        ],
      });
      contexts.push(context);
      const strangers: string[] = [];
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (/^https?:$/.test(protocol) && origin !== new URL(baseURL!).origin) strangers.push(request.url());
      });
      const page = context.pages()[0] ?? (await context.newPage());
      page.on('pageerror', (error) => console.error('the page failed:', error));
      await page.goto(`${baseURL}${at}`);
      return { page, context, strangers };
    });
    for (const context of contexts) await context.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

/** How the browser answers when it is asked for sound. */
function permissions(refuses?: boolean, shares?: string): string[] {
  if (refuses) return ['--deny-permission-prompts'];
  if (!shares) return ['--use-fake-ui-for-media-stream'];
  return [`--auto-select-tab-capture-source-by-title=${shares}`, '--autoplay-policy=no-user-gesture-required'];
}

/** Chooses files as a person would, and waits until each is learnt or told why not. */
export async function learn(page: Page, names: string[]): Promise<void> {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles(names.map(fixture));
  await expect(page.locator('.import-head strong')).toHaveText(/learnt$/, { timeout: 45_000 });
  // The list takes the empty shelf's place, and with it the button to add more.
  await expect(page.locator('.library')).toBeVisible();
}
