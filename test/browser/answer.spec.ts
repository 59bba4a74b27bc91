/** An answer can be closed, shared, played and left; and several files are a question each. */
import { songs } from '../support/music/songs.ts';
import { expect, fixture, learn, test } from './app.ts';

const knows = ['low-tide.flac'];
const how = { fromSeconds: 2, seconds: 20 };

test('an answer is played from the file it was learnt from, and copied as text and as a picture', async ({ open }) => {
  const { page, context } = await open({ hears: songs.lowTide, how });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await learn(page, knows);
  await page.goto('./#listen');
  const play = page.getByRole('button', { name: /^Play from 0:/ });
  await play.click({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Stop playing' }).click();
  await expect(play).toBeVisible();

  const clipboard = (type: string) =>
    page.evaluate(async (type) => {
      const [item] = await navigator.clipboard.read();
      if (!item?.types.includes(type)) return { text: '', size: 0 };
      const blob = await item.getType(type);
      return { text: type === 'text/plain' ? await blob.text() : '', size: blob.size };
    }, type);
  const share = page.getByLabel('Share');
  await share.click();
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect.poll(async () => (await clipboard('text/plain')).text).toMatch(/^Low Tide\n/);
  await share.click();
  await page.getByRole('button', { name: 'Copy as picture' }).click();
  await expect.poll(async () => (await clipboard('image/png')).size).toBeGreaterThan(10_000);
  await expect(page.getByText('Copied')).toBeVisible();

  // After a reload the browser has forgotten where the file is: it is asked for once.
  await page.reload();
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await play.click({ timeout: 90_000 });
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Show me the file' }).click();
  await (await chosen).setFiles(fixture('low-tide.flac'));
  await expect(page.getByRole('button', { name: 'Stop playing' })).toBeVisible();
});

test('several files are recognised, one report each, and none is learnt', async ({ open }) => {
  const { page } = await open({ knows });
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'A file or video' }).click();
  await (await chosen).setFiles([fixture('low-tide.flac'), fixture('night-bus.ogg')]);
  await expect(page.getByRole('link', { name: /^low-tide.flac 1 song/ })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('link', { name: /^night-bus.ogg 0 songs/ })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('link', { name: /^low-tide.flac/ }).click();
  await expect(page.getByRole('button', { name: /Low Tide/ })).toBeVisible();
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByText('1 song', { exact: true }).first()).toBeVisible();
});

test('while the microphone is open every place says so, and stops it', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how, knows });
  await page.evaluate(() => {
    const badge = (state: string) => async () => document.documentElement.setAttribute('data-badge', state);
    Object.assign(navigator, { setAppBadge: badge('set'), clearAppBadge: badge('cleared') });
  });
  const badge = () => page.evaluate(() => document.documentElement.dataset.badge);
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await page.getByRole('link', { name: 'Library' }).click();
  const bar = page.getByRole('region', { name: 'The microphone is on' });
  await expect(bar).toContainText('Low Tide', { timeout: 25_000 });
  await expect(page).toHaveTitle('● Low Tide – Entendu');
  expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe('Low Tide');
  expect(await badge()).toBe('set');
  await bar.getByRole('button', { name: 'Stop listening' }).click();
  await expect(bar).toBeHidden();
  await expect(page).toHaveTitle('Library – Entendu');
  expect(await badge()).toBe('cleared');
});

test('an answer is called wrong, a report of it is copied, and History knows', async ({ open }) => {
  const { page, context } = await open({ hears: songs.lowTide, how, knows });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#listen');
  await page.getByRole('button', { name: 'wrong' }).click({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Copy a report' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/named: Low Tide/);
  await page.getByRole('button', { name: 'Never name it for this sound' }).click();
  await expect(
    page.getByText('It will not be named for this sound again, only when the song itself plays.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('button', { name: /Low Tide.*wrong/ })).toBeVisible();
});

test('the list of the evening grows on the screen, and a watched song is told of', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how, knows, at: '#library' });
  await page.getByRole('link', { name: /Low Tide/ }).click();
  await page.getByLabel('More').click();
  await page.getByRole('button', { name: 'Tell me when this plays' }).click();
  await expect(page.getByText('While you keep listening, you are told when it plays.')).toBeVisible();
  await page.goto('./#');
  await page.getByRole('button', { name: 'Keep listening' }).click();
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  const box = await stop.boundingBox();
  const evening = page.getByRole('region', { name: 'Heard so far' });
  await expect(evening.getByRole('listitem')).toContainText('Low Tide', { timeout: 25_000 });
  await expect(evening).toContainText('1 song, 0:');
  await expect(page.getByText(/^Low Tide .*was heard at/)).toBeVisible();
  expect(await stop.boundingBox()).toEqual(box);
  await stop.click();
});
