/** What the page says when its storage is taken from it, or kept from it by another tab. */
import type { Page } from '@playwright/test';
import { expect, learn, message, songsIn, test } from './app.ts';
import { BESIDE } from './learnt-rows.ts';

const told = (page: Page, text: string) => expect(message(page, text)).toBeVisible();

/** What a newer version of the app does first, in another tab; tells how it went. */
const openNewer = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('entendu', 99);
        request.onblocked = () => resolve('blocked');
        request.onsuccess = () => resolve('opened');
      }),
  );

test('a newer version in another tab is let in at once, and this one says so', async ({ open }) => {
  const { page, context } = await open({ knows: ['night-bus.ogg'], at: '#library' });
  await expect(songsIn(page)).toHaveCount(1);
  const newer = await context.newPage();
  await newer.goto(BESIDE);
  expect(await openNewer(newer)).toBe('opened');
  await told(page, 'A newer version of Entendu is open in another window');
  await page.getByRole('button', { name: 'Try again' }).click();
  await told(page, 'The library was written by a newer version of Entendu');
});

test('storage that the browser takes away is told, and after a reload all begins anew', async ({ open }) => {
  const { page, context } = await open({ knows: ['night-bus.ogg'], at: '#library' });
  await expect(songsIn(page)).toHaveCount(1);
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await told(page, 'The browser has deleted the library’s storage');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await learn(page, ['night-bus.ogg']);
});

test('while an older version in another tab holds up an upgrade this one says so, and opens when it can', async ({
  open,
}) => {
  const { page, context } = await open({ knows: ['night-bus.ogg'], at: '#library' });
  await expect(songsIn(page)).toHaveCount(1);
  await page.goto('about:blank');
  // A tab too old to know that it has to let go.
  const old = await context.newPage();
  await old.goto(BESIDE);
  await old.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.open('entendu').onsuccess = resolve;
      }),
  );
  // The next version of the app: its worker asks for a newer database.
  await context.route('**/app-engine.worker*.js', async (route) => {
    const response = await route.fetch();
    const newer = `{ const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (name, version) { return open.call(this, name, version && version + 1); }; }`;
    await route.fulfill({ response, body: `${newer}\n${await response.text()}` });
  });
  await page.goto('./#library');
  await told(page, 'Entendu has been updated. Close its other windows');
  await old.close();
  await expect(songsIn(page, 'Night Bus')).toBeVisible();
  await expect(message(page, 'Close its other windows')).toHaveCount(0);
});
