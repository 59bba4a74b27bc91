/** At home on the device: what the system is told of the app, installing, and how a new version comes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { serveFolder } from '../support/static-server.ts';
import { answer, expect, fixture, importing, message, test } from './app.ts';

const built = new URL('../../dist/app/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(built, 'manifest.webmanifest'), 'utf8'));
const notice = 'New version ready.';

test('the browser finds no fault with the manifest, and all that it names is there', async ({ open }) => {
  const { page, context } = await open();
  const devtools = await context.newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    expect(existsSync(join(built, src)), src).toBe(true);
    if (sizes === 'any') continue;
    const real = await page.evaluate(async (src) => {
      const { width, height } = await createImageBitmap(await (await fetch(src)).blob());
      return `${width}x${height}`;
    }, src);
    expect(real, src).toBe(sizes);
  }
  expect(manifest.shortcuts.map(({ url }: { url: string }) => url)).toEqual(['./#listen', './#library']);
  expect(manifest.share_target.params.files[0].accept).toContain('.entendu');
  expect(manifest.screenshots.map((shot: { form_factor: string }) => shot.form_factor).sort()).toEqual([
    'narrow',
    'wide',
  ]);
});

test('a file that is opened with the app is asked about, then learnt', async ({ open }) => {
  const { page } = await open();
  // The system's part is played: it hands over a file as soon as the app asks for what it was opened with.
  const bytes = [...readFileSync(fixture('night-bus.ogg'))];
  await page.addInitScript((bytes) => {
    const getFile = async () => new File([new Uint8Array(bytes)], 'night-bus.ogg', { type: 'audio/ogg' });
    const launchQueue = { setConsumer: (take: (launch: object) => void) => take({ files: [{ getFile }] }) };
    Object.defineProperty(window, 'launchQueue', { value: launchQueue });
  }, bytes);
  await page.reload();
  const asked = page.getByRole('dialog', { name: 'Learn this file?' });
  await expect(asked).toContainText('night-bus.ogg');
  await asked.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(importing(page)).toContainText('1 song learnt', { timeout: 90_000 });
});

/** What a browser does that could install the app. */
const couldInstall = (page: Page) =>
  page.evaluate(() => {
    const asked = () => Object.assign(window, { asked: true });
    dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: asked }));
  });

test('installing is offered after the second answer, and never again', async ({ open }) => {
  const how = { fromSeconds: 3, seconds: 15 };
  const { page } = await open({ hears: songs.lowTide, how, knows: ['low-tide.flac'] });
  await page.waitForLoadState('networkidle'); // what takes the browser's offer is fetched after the first picture
  await couldInstall(page);
  const offer = message(page, 'Keep Entendu on this device');
  const listen = async (button: string) => {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(answer(page, 'Low Tide')).toBeHidden();
    await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 40_000 });
  };
  await listen('Listen');
  await expect(offer).toHaveCount(0);
  await listen('Listen again');
  await offer.getByRole('button', { name: 'Install' }).click();
  expect(await page.evaluate(() => 'asked' in window)).toBe(true);
  await listen('Listen again');
  await expect(offer).toHaveCount(0);
});

test('a new version says so only when nothing is listened to or learnt, and comes when it is asked to', async ({
  open,
}) => {
  const { page } = await open({ hears: songs.nightBus, offline: true });
  const served = await serveFolder(built);
  await page.goto(served.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('button', { name: 'Try with three demo tunes' }).click();
  await expect(importing(page)).toContainText('3 songs learnt', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();

  served.instead.set('service-worker.js', `${readFileSync(join(built, 'service-worker.js'), 'utf8')}\n// newer`);
  const isNewerWaiting = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      // The browser's own look for a newer one may be under way, with the old answer: then ask again.
      if (!registration?.waiting && !registration?.installing) await registration?.update();
      return Boolean(registration?.waiting);
    });
  await expect.poll(isNewerWaiting, { timeout: 90_000 }).toBe(true);
  // The app is told of it at the same time as this test.
  await expect(page.getByRole('button', { name: 'Stop' })).toContainText(/\d/);
  await expect(page.getByText(notice)).toHaveCount(0);

  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(notice)).toBeVisible();
  await page.evaluate(() => Object.assign(window, { before: true }));
  await page.getByRole('button', { name: 'Reload now' }).click();
  await page.waitForFunction(() => !('before' in window) && document.querySelector('main button'));
  expect(await page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting))).toBe(
    false,
  );
  served.close();
});
