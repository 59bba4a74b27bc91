/** What the page may do, what it weighs, and that it can be installed. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { serveFolder } from '../support/static-server.ts';
import { answer, expect, importing, learn, test } from './app.ts';

const built = new URL('../../dist/app/', import.meta.url).pathname;
const assets = join(built, 'assets');

async function goTo(page: Page, place: string): Promise<void> {
  const link = page.getByRole('navigation').getByRole('link', { name: place, exact: true });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('main').getByRole('heading', { level: 1 }).first()).toBeAttached();
}

test('every place is walked, a song is learnt, heard and exported, and nothing is asked of another origin', async ({
  open,
}) => {
  const how = { fromSeconds: 3, seconds: 15 };
  const { page, strangers } = await open({ hears: songs.lowTide, how, offline: true });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#listen');
  await answer(page, 'Low Tide').click({ timeout: 25_000 });
  await expect(page.getByRole('figure').locator('canvas')).toBeVisible();
  for (const place of ['Library', 'History', 'Listen', 'Settings']) await goTo(page, place);
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Back up now' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^entendu-backup-\d{4}-\d\d-\d\d\.entendu-backup$/);
  expect(strangers).toEqual([]);
});

test('the page itself cannot reach another place, nor run a text as a script', async ({ open }) => {
  const { page } = await open();
  await expect(page.getByRole('main')).toBeVisible();
  const attempts = await page.evaluate(async () => {
    const refused = (act: () => unknown) =>
      Promise.resolve()
        .then(act)
        .then(
          () => 'allowed',
          () => 'refused',
        );
    return {
      fetch: await refused(() => fetch('https://example.org/')),
      // Later: what the debugger runs itself may evaluate texts.
      eval: await new Promise((tell) => setTimeout(() => void refused(() => new Function('return 1')()).then(tell))),
      worker: await refused(() => new Worker('https://example.org/worker.js')),
      markup: await refused(() => {
        document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>';
      }),
    };
  });
  expect(attempts).toEqual({ fetch: 'refused', eval: 'refused', worker: 'refused', markup: 'refused' });
});

test('it can be installed', async ({ open }) => {
  const { page, context } = await open({ own: { args: [] } });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
});

/** A built file and all that it imports before it runs. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = name.endsWith('.js') ? readFileSync(join(assets, name), 'utf8') : '';
  for (const [, inner] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) withImports(inner, seen);
  return seen;
}

test('what must be there before it can listen weighs less than 60 kB', () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const [, entry] = /<script[^>]+src="\.\/assets\/([\w.-]+)"/.exec(page)!;
  const styles = [...page.matchAll(/href="\.\/assets\/([\w.-]+\.css)"/g)].map(([, name]) => name);
  const others = readdirSync(assets).filter((name) => /^(app-engine\.worker|recorder|kernel)/.test(name));
  const parts = new Set([...styles, ...[entry, ...others].flatMap((name) => [...withImports(name)])]);
  const bytes = [...parts].reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
  expect(others).toHaveLength(3);
  expect(bytes).toBeLessThan(60_000);
});

test('nothing imports the file that starts a worker: WebKit would run it a second time', () => {
  const names = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const starters = names.filter((name) => /\.worker-/.test(name));
  const imported = names.flatMap((name) => [...withImports(name)].slice(1)).filter((name) => starters.includes(name));
  expect(starters.length).toBeGreaterThan(3);
  expect(imported).toEqual([]);
});

test('it works from a folder below another, on a plain file server', async ({ page }) => {
  const served = await serveFolder(built, '/music/entendu/');
  await page.goto(served.url);
  await expect(page.getByRole('heading', { name: 'Teach it a song' })).toBeVisible();
  await page.getByRole('button', { name: 'Try with three demo tunes' }).click();
  await expect(importing(page)).toContainText('3 songs learnt', { timeout: 90_000 });
  await expect(page.getByRole('button', { name: 'Play "Blue Corridor"' })).toBeVisible();
  served.close();
});

test('what is heavy comes when it is needed, not before one can listen', async ({ page }) => {
  const heavy = readdirSync(assets).filter((name) => readFileSync(join(assets, name)).length > 100_000);
  expect(heavy.length).toBeGreaterThan(0);
  const served = await serveFolder(built);
  const asked: string[] = [];
  // What the service worker fetches to keep is not the page's.
  page.on('request', (request) => asked.push(request.url().split('/').at(-1)!));
  await page.goto(served.url);
  await expect(page.getByRole('heading', { name: 'Teach it a song' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked.filter((name) => heavy.includes(name))).toEqual([]);
  served.close();
});

test('once kept, nothing of it is asked of the network again but whether there is a newer one', async ({ page }) => {
  const served = await serveFolder(built);
  await page.goto(served.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  served.asked.length = 0;
  await page.reload();
  for (const place of ['Library', 'History', 'Settings', 'Listen']) await goTo(page, place);
  await page.getByRole('button', { name: 'Try with three demo tunes' }).click();
  await expect(importing(page)).toContainText('3 songs learnt', { timeout: 90_000 });
  expect(served.asked.filter((name) => name !== 'service-worker.js')).toEqual([]);
  served.close();
});

test('everything that it is made of is named with its licence, also what the service worker is made of', () => {
  const licences = readFileSync(join(built, 'licences.txt'), 'utf8');
  const worker = readFileSync(join(built, 'service-worker.js'), 'utf8');
  const parts = [...worker.matchAll(/workbox:(\w+):[\d.]+/g)].map(([, part]) => `workbox-${part}`);
  expect(parts.sort()).toEqual(['workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies']);
  for (const part of [...parts, 'workbox-window', 'comlink', 'idb', 'mediabunny', 'preact'])
    expect(licences.match(new RegExp(`^## ${part} - [\\d.]+ \\((MIT|ISC|MPL-2.0|Apache-2.0)\\)$`, 'gm'))).toHaveLength(
      1,
    );
  // What is kept for offline use is the file as it is now.
  const revision = createHash('md5').update(licences).digest('hex');
  expect(worker).toContain(revision);
});
