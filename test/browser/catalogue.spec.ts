/** Published catalogues in the app: asked about, taken, kept offline, brought up to date, and left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type CatalogueHost, hostOf } from '../support/catalogue-host.ts';
import { someLearnt } from '../support/prints.ts';
import { libraryOf, publishSongs } from '../support/published.ts';
import { expect, message, test } from './app.ts';

const songs = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => someLearnt(from + i, { seconds: 10 }));
const dialog = (page: Page) => page.getByRole('dialog');
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

let folder = '';
let server: CatalogueHost;
let host = '';

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entendu-'));
  server = await hostOf(folder);
  host = new URL(server.url).host;
});
test.afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a link asks; its songs come, are marked, work offline, are brought up to date and leave together', async ({
  open,
}) => {
  const library = await libraryOf(songs(1, 60));
  await publishSongs(library, folder, { name: 'Valley' });
  const { page, strangers } = await open();
  await page.goto(`./#subscribe=${server.url}`);
  await expect(dialog(page)).toContainText(`Entendu asks ${host} for the list. Nothing else is sent.`);
  expect(server.asked).toEqual([]);
  await tap(page, 'Show what is in it');
  await expect(page.getByRole('dialog', { name: 'Valley' })).toContainText('60 songs');
  expect(server.asked).toEqual(['catalogue.txt']);
  await dialog(page).getByRole('switch', { name: 'Look for new songs once a week' }).check();
  await tap(page, 'Subscribe');
  await expect(message(page, '60 songs added')).toBeVisible({ timeout: 90_000 });
  expect(new Set(strangers.map((address) => new URL(address).host))).toEqual(new Set([host]));
  await page.getByRole('searchbox').fill('Song 57');
  await expect(page.getByRole('link', { name: /Song 57 .*from a catalogue/ })).toBeVisible();
  await page.getByRole('searchbox').fill('');

  await library.add(someLearnt(1001, { seconds: 10 }));
  await publishSongs(library, folder);
  await page.goto('./#settings');
  const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Valley' }) });
  await expect(item).toContainText(`${host}, 60 songs`);
  await expect(item.getByRole('switch')).toBeChecked();
  await item.getByRole('link', { name: '60 songs' }).click();
  await expect(page.getByRole('heading', { name: 'Valley' })).toBeVisible();
  await expect(page.getByText('60 songs', { exact: true })).toBeVisible();
  await page.goBack();
  await item.getByRole('button', { name: 'Look for new songs: Valley' }).click();
  await expect(message(page, 'Valley: 1 added, 0 removed')).toBeVisible();

  server.close();
  await page.reload();
  await item.getByRole('button', { name: 'Look for new songs: Valley' }).click();
  await expect(item).toContainText('Nothing could be downloaded from there');
  await page.goto('./#library');
  await expect(page.getByText('61 songs')).toBeVisible();

  await page.goto('./#settings');
  await item.getByRole('button', { name: 'Unsubscribe: Valley' }).click();
  await expect(dialog(page)).toContainText('Your own songs stay.');
  await dialog(page).getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(message(page, 'Unsubscribed from “Valley”')).toBeVisible();
  await page.goto('./#library');
  await expect(page.getByRole('heading', { name: 'Your songs appear here' })).toBeVisible();
});

test('a week later it asks for news by itself, if that was allowed', async ({ open }) => {
  const DAY_MS = 86_400_000;
  const library = await libraryOf(songs(1, 20));
  await publishSongs(library, folder, { name: 'Valley' });
  const { page } = await open();
  await page.goto(`./#subscribe=${server.url}`);
  await tap(page, 'Show what is in it');
  await dialog(page).getByRole('switch', { name: 'Look for new songs once a week' }).check();
  await tap(page, 'Subscribe');
  await expect(message(page, '20 songs added')).toBeVisible({ timeout: 90_000 });
  await library.add(someLearnt(1001, { seconds: 10 }));
  await publishSongs(library, folder);
  server.asked.length = 0;
  const begun = Date.now();
  await page.goto('./#library');

  await page.clock.setFixedTime(begun + 6 * DAY_MS);
  await page.reload();
  await expect(page.getByText('20 songs', { exact: true })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(server.asked).toEqual([]);

  await page.clock.setFixedTime(begun + 8 * DAY_MS);
  await page.reload();
  await expect(message(page, 'Valley: 1 new song')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('21 songs', { exact: true })).toBeVisible();
  expect(server.asked[0]).toBe('catalogue.txt');
});

test('storage that runs full is told, and with room it goes on', async ({ open, baseURL }) => {
  await publishSongs(await libraryOf(songs(1, 1000)), folder);
  const { page, context } = await open({ at: '#library' });
  await page.getByRole('button', { name: 'Add songs' }).first().click();
  await tap(page, 'Subscribe to a catalogue');
  await page.getByLabel('Address of the catalogue').fill(server.url);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(baseURL!).origin;
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 250_000 });
  // Chromium says the same to every site, whatever room there is; other browsers do not.
  await page.evaluate(() => {
    navigator.storage.estimate = async () => ({ usage: 50_000, quota: 300_000 });
  });
  await tap(page, 'Show what is in it');
  await expect(dialog(page)).toContainText('1,000 songs');
  await expect(page.getByRole('alert')).toContainText(/It needs about .* of storage, but only .* are free here/);
  await tap(page, 'Subscribe');
  await expect(page.getByRole('alert').last()).toContainText('The storage is full', { timeout: 90_000 });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await tap(page, 'Subscribe');
  await expect(message(page, 'songs added')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('1,000 songs', { exact: true })).toBeVisible();
});
