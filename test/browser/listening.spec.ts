/** Listening: what may go wrong, and the ways around a single answer. */
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { expect, fixture, learn, test } from './app.ts';

const status = '.listen [role="status"]';

test('a refused microphone is told with what to do', async ({ open }) => {
  const { page } = await open({ refuses: true });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#listen');
  await expect(page.locator(status)).toContainText('The microphone is not allowed. Allow it');
});

test('a missing microphone is told with what to do', async ({ open }) => {
  const { page } = await open({ deaf: true });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#listen');
  await expect(page.locator(status)).toContainText('There is no microphone.');
});

test('a microphone in use, a silent one and one that is unplugged are told apart', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { seconds: 1, leadSeconds: 20, noiseDb: 200 } });
  await learn(page, ['harbour-lights.mp3']);
  await page.goto('./#');
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    let calls = 0;
    mediaDevices.getUserMedia = async (wish) => {
      calls += 1;
      if (calls === 1) throw new DOMException('in use', 'NotReadableError');
      const stream = await open(wish);
      Object.assign(window, { unplug: () => stream.getAudioTracks()[0].dispatchEvent(new Event('ended')) });
      return stream;
    };
  });
  const listen = page.getByRole('button', { name: 'Listen', exact: true });
  await listen.click();
  await expect(page.locator(status)).toContainText('Another app is using the microphone.');
  await listen.click();
  await expect(page.locator(status)).toContainText('The microphone is silent.', { timeout: 15_000 });
  await page.evaluate(() => (window as unknown as { unplug(): void }).unplug());
  await expect(page.locator(status)).toContainText('The microphone was unplugged.');
});

test('space starts and stops, escape cancels', async ({ open }) => {
  const { page } = await open({ hears: songs.nightBus });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#history');
  await page.keyboard.press('Space');
  const stop = page.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(stop).toBeHidden();
  await expect(page.getByRole('button', { name: 'Listen', exact: true })).toBeVisible();
});

/** Pixels of the live picture that are not empty, of 100 x 40, and a sum that changes as the picture moves. */
function pictureOn(page: Page): Promise<{ drawn: number; sum: number }> {
  return page.evaluate(() => {
    const copy = Object.assign(document.createElement('canvas'), { width: 100, height: 40 });
    const context = copy.getContext('2d')!;
    const picture = document.querySelector<HTMLCanvasElement>('.picture canvas');
    if (picture?.width) context.drawImage(picture, 0, 0, copy.width, copy.height);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    return {
      drawn: data.filter((value, i) => i % 4 === 3 && value > 0).length,
      sum: data.reduce((sum, value, i) => sum + value * (i % 400), 0),
    };
  });
}

test('the picture is drawn while sound comes in, and again after looking elsewhere', async ({ open }) => {
  const { page } = await open({ hears: songs.nightBus, how: { seconds: 60 } });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#');
  const drawn = async () => (await pictureOn(page)).drawn;
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect.poll(drawn, { timeout: 15_000 }).toBeGreaterThan(2000);
  const before = await pictureOn(page);
  await expect.poll(async () => (await pictureOn(page)).sum).not.toBe(before.sum);
  await page.getByRole('link', { name: 'History' }).click();
  await expect.poll(drawn).toBe(0);
  await page.getByRole('link', { name: 'Listen', exact: true }).click();
  await expect.poll(drawn, { timeout: 15_000 }).toBeGreaterThan(1000);
  await page.getByRole('button', { name: 'Stop' }).click();
});

test('listening on and on, a song is kept in the history once, with how long it was heard', async ({ open }) => {
  const { page } = await open({ hears: songs.paperKites, how: { fromSeconds: 4, seconds: 14 } });
  await learn(page, ['paper-kites.m4a']);
  await page.goto('./#');
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect(page.locator('.following-title')).toHaveText('Paper Kites', { timeout: 20_000 });
  await page.waitForTimeout(6500);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.locator('.entry-row')).toHaveCount(1);
  await expect(page.locator('.entry-row')).toContainText('until');
});

test('a file is listened to, and its songs are told in their order', async ({ open }) => {
  const { page } = await open();
  await learn(page, ['low-tide.flac', 'night-bus.ogg']);
  await page.goto('./#');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'A file or video' }).click();
  await (await chosen).setFiles(fixture('night-bus.ogg'));
  const told = page.getByRole('region', { name: 'night-bus.ogg' }).getByRole('status');
  await expect(told).toHaveText(/^1 song, 0:/, { timeout: 40_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('night-bus.ogg');
  await expect(page.getByRole('button', { name: /Night Bus/ })).toBeVisible();
});

test('an answer is kept, found again, noted, exported and forgotten', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 2, seconds: 15 } });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#listen');
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 25_000 });
  await page.goto('./#history');
  await page.locator('.entry-row').click();
  await page.getByLabel('Note').fill('By the sea, "in June"');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.entry-note')).toHaveText('By the sea, "in June"');
  await page.getByRole('searchbox').fill('mountain');
  await expect(page.locator('.entry-row')).toHaveCount(0);
  await page.getByRole('searchbox').fill('sea');
  await expect(page.locator('.entry-row')).toHaveCount(1);
  const saved = page.waitForEvent('download');
  await page.locator('.history-head summary').click();
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const csv = await (await saved).createReadStream().then((stream) => stream.toArray());
  expect(Buffer.concat(csv).toString()).toContain('"By the sea, ""in June"""');
  await page.locator('.history-head summary').click();
  await page.getByRole('button', { name: 'Clear history' }).click();
  await expect(page.getByRole('heading', { name: 'What was heard, and when' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.entry-row')).toHaveCount(1);
});

test('a song is renamed, put out of play, deleted and brought back', async ({ open }) => {
  const { page } = await open();
  await learn(page, ['low-tide.flac', 'night-bus.ogg']);
  await page.locator('.track-row', { hasText: 'Low Tide' }).click();
  await page.locator('.track-top summary').click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('High <b>Tide</b>');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('High <b>Tide</b>');
  await page.locator('.track-top summary').click();
  await page.getByRole('button', { name: 'Do not recognise' }).click();
  await expect(page.locator('.track-off')).toBeVisible();
  await page.locator('.track-top summary').click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.track-row')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.track-row')).toHaveCount(2);
});
