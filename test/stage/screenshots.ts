/**
 * Pictures of every screen in every state, at four sizes, light and dark, and one contact sheet of them all:
 * `npm run screenshots`, or with words that a picture's name must have: `npm run screenshots -- phone dark listen`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { pose, screens } from './screens.ts';
import { serveStage } from './start.ts';

const folder = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));

const sizes = {
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
  tablet: { width: 820, height: 1180 },
  desk: { width: 1440, height: 900 },
};

const looks: Record<string, Record<string, string>> = {
  dark: { look: 'dark' },
  light: { look: 'light' },
  arabic: { look: 'dark', speak: 'ar' },
  japanese: { look: 'light', speak: 'ja' },
  large: { look: 'light', size: '200' },
};

const [, , ...wanted] = process.argv;
const stage = await serveStage();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});
mkdirSync(folder, { recursive: true });
const figures: string[] = [];

for (const [size, viewport] of Object.entries(sizes)) {
  for (const look of Object.keys(looks)) {
    const context = await browser.newContext({ viewport, deviceScaleFactor: viewport.width < 500 ? 2 : 1 });
    for (const name of Object.keys(screens)) {
      const label = `${name} ${size} ${look}`;
      if (!wanted.every((word) => label.includes(word))) continue;
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(label, error.message));
      const how = looks[look];
      await pose(page, stage.url, name, how);
      const path = `${folder}${label.replaceAll(' ', '-')}.png`;
      await page.screenshot({ path });
      const picture = `data:image/png;base64,${readFileSync(path).toString('base64')}`;
      figures.push(
        `<figure><img width="${Math.min(viewport.width / 1.6, 420)}" src="${picture}"><figcaption>${label}</figcaption></figure>`,
      );
      await page.close();
    }
    await context.close();
  }
}

const sheet = await browser.newPage({ viewport: { width: 1900, height: 1000 } });
const style = `body { font: 13px sans-serif; background: #888; display: flex; flex-wrap: wrap; gap: 16px }
  figure { margin: 0 } img { display: block }`;
await sheet.setContent(`<style>${style}</style>${figures.join('')}`);
await sheet.screenshot({ path: `${folder}sheet.png`, fullPage: true });
await browser.close();
await stage.close();
console.log(`${figures.length} pictures and a sheet of them in ${folder}`);
