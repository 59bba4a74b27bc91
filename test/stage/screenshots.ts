/**
 * Pictures of every screen in every state, at five sizes, light and dark, and one contact sheet of them all:
 * `npm run screenshots`, or with words that a picture's name must have: `npm run screenshots -- phone dark listen`.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { pose, screens } from './screens.ts';
import { type Figure, makeSheet } from './sheet.ts';
import { serveStage } from './start.ts';

const folder = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));

const sizes = {
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
  flat: { width: 844, height: 390 }, // a phone on its side
  tablet: { width: 820, height: 1180 },
  desk: { width: 1440, height: 900 },
};

/** Other languages and larger text cause problems where there is least room. */
const looks: Record<string, { how: Record<string, string>; at?: (keyof typeof sizes)[] }> = {
  dark: { how: { look: 'dark' } },
  light: { how: { look: 'light' } },
  arabic: { how: { look: 'dark', language: 'ar' }, at: ['phone', 'desk'] },
  german: { how: { look: 'light', language: 'de' }, at: ['small'] },
  japanese: { how: { look: 'light', language: 'ja' }, at: ['phone'] },
  large: { how: { look: 'light', size: '200' }, at: ['small', 'phone'] },
};

/** Most of the time is spent waiting for animations. */
const AT_ONCE = 4;

interface Posed extends Figure {
  screen: string;
  how: Record<string, string>;
}

function* figures(): Generator<Posed> {
  const wanted = process.argv.slice(2);
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const [look, { how, at }] of Object.entries(looks)) {
      if (at && !at.some((name) => name === size)) continue;
      for (const [screen, { isWide }] of Object.entries(screens)) {
        if (isWide && size !== 'desk') continue;
        const label = `${screen} ${size} ${look}`;
        const file = `${label.replaceAll(' ', '-')}.png`;
        if (wanted.every((word) => label.includes(word))) yield { label, file, screen, how, ...viewport };
      }
    }
  }
}

async function take(browser: Browser, url: string, { label, file, screen, how, width, height }: Posed) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: width < 500 ? 2 : 1 });
  page.on('pageerror', (error) => console.error(label, error.message));
  await pose(page, url, screen, how);
  await page.screenshot({ path: folder + file });
  await page.close();
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const stage = await serveStage();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});
const all = [...figures()];
const waiting = all.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const figure of waiting) await take(browser, stage.url, figure);
  }),
);
await makeSheet(browser, folder, all);
await browser.close();
await stage.close();
console.log(`${all.length} pictures and a sheet of them, sheet.html and sheet.png, in ${folder}`);
