// Pictures of every screen in every state, and one contact sheet of them all: `npm run screenshots [words of names]`.
// The screens are posed by test/stage; nothing is heard or learnt.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { findBrowser } from './browser.mjs';

const folder = fileURLToPath(new URL('../test-results/screens/', import.meta.url));

/** name -> how the stage is posed, where to go, what to do there. */
const screens = {
  'listen-idle': {},
  'listen-empty': { pose: 'songs=0' },
  'listen-listening': { pose: 'ends=listening', act: listen },
  'listen-silent': { pose: 'ends=silent', act: listen },
  'listen-found': { pose: 'ends=found', act: listen },
  'listen-none': { pose: 'ends=none', act: listen },
  'library-full': { pose: 'songs=10000', at: 'library' },
  'library-empty': { pose: 'songs=0', at: 'library' },
  'library-search': { at: 'library', act: (page) => page.getByRole('searchbox').fill('rain') },
  'library-select': { at: 'library', act: select },
  'library-add': { at: 'library', act: (page) => page.getByRole('button', { name: 'Add songs' }).click() },
  'library-learning': { pose: 'imports=busy', at: 'library' },
  'library-learning-files': {
    pose: 'imports=busy',
    at: 'library',
    act: (page) => page.locator('[aria-expanded]').click(),
  },
  'library-learnt': { pose: 'imports=done', at: 'library' },
  track: { at: 'track/1' },
  'track-edit': { at: 'track/1', act: edit },
  'track-export': { at: 'track/1', act: exportIt },
  'track-gone': { at: 'track/99999' },
  history: { pose: 'history', at: 'history' },
  'history-entry': { pose: 'history', at: 'history', act: (page) => page.locator('.entry-row').nth(1).click() },
  'history-empty': { at: 'history' },
  settings: { at: 'settings' },
  'settings-end': { at: 'settings', act: (page) => page.locator('.app-content').evaluate((e) => e.scrollTo(0, 9999)) },
};

const sizes = {
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
  tablet: { width: 820, height: 1180 },
  desk: { width: 1440, height: 900 },
};

async function listen(page) {
  await page.locator('.listen-button').click();
  await page.waitForTimeout(4600);
}
async function select(page) {
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check();
}
async function edit(page) {
  await page.locator('.track-top summary').click();
  await page.getByRole('button', { name: 'Edit' }).click();
}
async function exportIt(page) {
  await page.locator('.track-top summary').click();
  await page.getByRole('button', { name: 'Export' }).click();
}

const wanted = process.argv.slice(2);
const server = await createServer({
  configFile: false,
  root: '.',
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { host: '127.0.0.1' },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});
mkdirSync(folder, { recursive: true });
const taken = [];

for (const [size, viewport] of Object.entries(sizes)) {
  for (const look of ['dark', 'light']) {
    const context = await browser.newContext({
      viewport,
      deviceScaleFactor: viewport.width < 500 ? 2 : 1,
      permissions: ['microphone'],
    });
    for (const [name, screen] of Object.entries(screens)) {
      const label = `${name} ${size} ${look}`;
      if (!wanted.every((word) => label.includes(word))) continue;
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(label, error.message));
      const pose = [screen.pose, `look=${look}`].filter(Boolean).join('&');
      await page.goto(`${server.resolvedUrls.local[0]}test/stage/index.html?${pose}#${screen.at ?? ''}`);
      await page.locator('[data-ready]').waitFor({ state: 'attached' });
      await page.waitForTimeout(500);
      await screen.act?.(page);
      await page.waitForTimeout(350);
      const file = `${label.replaceAll(' ', '-')}.png`;
      await page.screenshot({ path: folder + file });
      taken.push({ file, label, viewport });
      await page.close();
    }
    await context.close();
  }
}

const figures = taken.map(({ file, label, viewport }) => {
  const picture = readFileSync(folder + file).toString('base64');
  return `<figure><img width="${Math.min(viewport.width / 1.6, 420)}" src="data:image/png;base64,${picture}"><figcaption>${label}</figcaption></figure>`;
});
const sheet = await browser.newPage({ viewport: { width: 1900, height: 1000 } });
await sheet.setContent(
  `<style>body{font:13px sans-serif;background:#888;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}img{display:block}</style>${figures.join('')}`,
);
await sheet.screenshot({ path: `${folder}sheet.png`, fullPage: true });
writeFileSync(`${folder}sheet.html`, figures.join('\n'));
await browser.close();
await server.close();
console.log(`${taken.length} pictures and a sheet of them in ${folder}`);
