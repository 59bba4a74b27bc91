/** The service's own page in a real browser, under the rules that it is sent with. */
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../.setup/browser.mjs';
import { describeService } from '../../src/server/api/describe.ts';
import { type RunningService, serveHttp } from '../../src/server/http-server.ts';
import { axeFaults } from '../browser/axe.ts';
import { stretchOf } from '../support/folder.ts';
import { serviceHere, songs } from './service-here.ts';

let here: Awaited<ReturnType<typeof serviceHere>>;
let running: RunningService;
let browser: Browser;
beforeAll(async () => {
  here = await serviceHere();
  const { app, service } = here;
  running = await serveHttp({ app, service, host: '127.0.0.1', port: 0, close: async () => {} });
  browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await running.stop(0);
  await here.close();
});

/** Opens the page; `faults` collects whatever the browser complains about. */
async function opened(how: Parameters<Browser['newContext']>[0] = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', ...how });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('requestfailed', (request) => faults.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (!request.url().startsWith(running.address)) faults.push(`${request.url()} was asked for`);
  });
  await page.goto(running.address);
  await page.getByText('Ready, with 3 tracks.').waitFor();
  return { page, faults };
}

test('it lists every operation of the description, and each opens to say what it takes and answers', async () => {
  const { page, faults } = await opened();
  const operations = Object.entries(describeService().paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const shown = page.locator('details');
  expect(await shown.locator('summary code').allTextContents()).toEqual(operations);
  const recognize = shown.filter({ hasText: 'POST /v1/recognize ' }).first();
  await recognize.locator('summary').click();
  expect(await recognize.getByText('429').isVisible()).toBe(true);
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a file is recognised with a token, and without one it says what is missing', async () => {
  const { page, faults } = await opened();
  const path = here.folder.sound('clip.wav', stretchOf(songs[0].sound, 3, 8));
  await page.getByLabel('Sound or video file').setInputFiles(path);
  const answer = page.getByRole('status', { name: 'Answer' });
  await page.getByRole('button', { name: 'Recognise' }).click();
  await answer.getByText('"status": 401').waitFor();
  await page.getByLabel('Token').fill(here.secrets.read);
  await page.getByRole('button', { name: 'Recognise' }).click();
  await answer.getByText('"title": "Alder"').waitFor();
  // The browser itself reports the refusal.
  expect(faults).toEqual([expect.stringContaining('status of 401')]);
});

test('it fits a phone, light or dark, and may not run or reach what is not its own', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, faults } = await opened({ viewport: { width: 320, height: 640 }, colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await axeFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  }
  const { page } = await opened();
  const refused = await page.evaluate(async () => {
    const stranger = await fetch('https://example.org/').then(
      () => 'allowed',
      () => 'refused',
    );
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.body.append(script);
    return { stranger, title: document.title };
  });
  expect(refused).toEqual({ stranger: 'refused', title: 'Entendu service' });
});
