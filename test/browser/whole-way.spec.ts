import { songs, stranger } from '../support/music/songs.ts';
import { ALLOWED, answer, expect, FAKE_MICROPHONE, importing, learn, sessionsIn, songsIn, test } from './app.ts';

const threeFormats = ['harbour-lights.mp3', 'paper-kites.m4a', 'low-tide.flac'];

test('files dropped on the page are learnt, told and listed', async ({ open }) => {
  const { page, strangers } = await open();
  await page.getByRole('link', { name: 'Library' }).click();
  await learn(page, [...threeFormats, 'shopping-list.mp3']);
  await expect(importing(page)).toContainText('3 songs learnt');
  await page.getByRole('button', { name: 'Show files' }).click();
  await expect(page.getByText('shopping-list.mp3')).toBeVisible();
  await expect(page.getByText('This file has no sound that Entendu can read.')).toBeVisible();
  for (const title of ['Harbour Lights', 'Paper Kites', 'Low Tide']) {
    await expect(songsIn(page, title)).toBeVisible();
  }
  expect(strangers).toEqual([]);
});

test('a piece of a learnt song is named, offline too and after a reload', async ({ open }) => {
  const { page, context } = await open({
    hears: songs.paperKites,
    how: { fromSeconds: 8, seconds: 20 },
    own: { args: [FAKE_MICROPHONE, ALLOWED] }, // a profile on disk, as people have
  });
  await learn(page, threeFormats);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('3 songs')).toBeVisible();
  await page.getByRole('link', { name: 'Listen' }).click();
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await expect(answer(page, 'Paper Kites')).toBeVisible();
  await expect(page.getByText(/^\d+(\.\d)?%$/)).toBeVisible();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(sessionsIn(page)).toHaveCount(1);
  await expect(sessionsIn(page)).toContainText('Paper Kites');
});

test('music that is not in the library is not given a name', async ({ open }) => {
  const { page } = await open({ hears: stranger, how: { seconds: 25 }, knows: threeFormats, at: '#listen' });
  await expect(page.getByRole('heading', { name: 'Not in your library' })).toBeVisible({ timeout: 110_000 });
  await expect(page.getByRole('button', { name: 'Listen longer' })).toBeVisible();
});
