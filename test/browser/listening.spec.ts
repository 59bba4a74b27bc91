/** Listening: what may go wrong, and the ways around a single answer. */
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { heard, wav } from '../support/recording.ts';
import { ALLOWED, answer, expect, FAKE_MICROPHONE, fixture, listenStatus, sessionsIn, songsIn, test } from './app.ts';

const more = (page: Page) => page.getByLabel('More', { exact: true }).click();

test('a refused microphone is told with what to do', async ({ open }) => {
  const own = { args: [FAKE_MICROPHONE, '--deny-permission-prompts'] };
  const { page } = await open({ own, knows: ['low-tide.flac'], at: '#listen' });
  await expect(listenStatus(page)).toContainText('The microphone is not allowed. Allow it');
});

test('a missing microphone is told with what to do', async ({ open }) => {
  const { page } = await open({ own: { args: [ALLOWED] }, knows: ['low-tide.flac'], at: '#listen' });
  await expect(listenStatus(page)).toContainText('There is no microphone.');
});

test('a microphone in use, a silent one and one that is unplugged are told apart', async ({ open }) => {
  const how = { seconds: 1, leadSeconds: 20, noiseDb: 200 };
  const { page } = await open({ hears: songs.lowTide, how, knows: ['low-tide.flac'] });
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
  await expect(listenStatus(page)).toContainText('Another app is using the microphone.');
  await listen.click();
  await expect(listenStatus(page)).toContainText('The microphone is silent.');
  await page.evaluate(() => (window as unknown as { unplug(): void }).unplug());
  await expect(listenStatus(page)).toContainText('The microphone was unplugged.');
});

test('space starts and stops, escape cancels', async ({ open }) => {
  const { page } = await open({ hears: songs.nightBus, knows: ['low-tide.flac'], at: '#history' });
  await page.waitForLoadState('networkidle'); // what listens to keys is fetched after the first picture
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
    const picture = document.querySelector<HTMLCanvasElement>('main canvas');
    if (picture?.width) context.drawImage(picture, 0, 0, copy.width, copy.height);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    return {
      drawn: data.filter((value, i) => i % 4 === 3 && value > 0).length,
      sum: data.reduce((sum, value, i) => sum + value * (i % 400), 0),
    };
  });
}

test('the picture is drawn while sound comes in, and again after looking elsewhere', async ({ open }) => {
  const { page } = await open({ hears: songs.nightBus, how: { seconds: 25 }, knows: ['low-tide.flac'] });
  const drawn = async () => (await pictureOn(page)).drawn;
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect.poll(drawn).toBeGreaterThan(2000);
  const before = await pictureOn(page);
  await expect.poll(async () => (await pictureOn(page)).sum).not.toBe(before.sum);
  await page.getByRole('link', { name: 'History' }).click();
  await expect.poll(drawn).toBe(0);
  await page.getByRole('link', { name: 'Listen', exact: true }).click();
  await expect.poll(drawn).toBeGreaterThan(1000);
  await page.getByRole('button', { name: 'Stop' }).click();
});

test('listening on and on, a song is kept in the history once, with how long it was heard', async ({ open }) => {
  const how = { fromSeconds: 4, seconds: 14 };
  const { page } = await open({ hears: songs.paperKites, how, knows: ['paper-kites.m4a'] });
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect(answer(page, 'Paper Kites')).toBeVisible();
  const evening = page.getByRole('region', { name: 'Heard so far' });
  await expect(evening.getByRole('listitem')).toContainText(/0:1\d$/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(sessionsIn(page)).toHaveCount(1);
  await expect(sessionsIn(page)).toContainText('until');
});

test('two songs at once are both named, in an answer and while listening goes on', async ({ open, microphone }) => {
  const { page } = await open({ knows: ['harbour-lights.mp3', 'paper-kites.m4a'] });
  const how = { fromSeconds: 2, seconds: 25, noiseDb: 50 };
  const [one, other] = [songs.paperKites, songs.harbourLights].map((plan) => heard(plan, how));
  const both = one.map((sample, i) => 0.6 * (sample + other[i]));
  writeFileSync(microphone, wav(both, 48_000));
  const also = page.getByText(/^Also playing: (Harbour Lights|Paper Kites)/);
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await expect(also).toBeVisible({ timeout: 25_000 });
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect(page.getByRole('region', { name: 'Heard so far' })).toBeVisible({ timeout: 25_000 });
  await expect(also).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
});

test('what was heard before a crash is in the history, and minutes later as cut off', async ({ open }) => {
  const how = { fromSeconds: 4, seconds: 14 };
  const { page, context } = await open({ hears: songs.paperKites, how, knows: ['paper-kites.m4a'] });
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(sessionsIn(page)).toContainText(/Paper Kites.*still running/, { timeout: 25_000 });
  const crashed = page.waitForEvent('crash');
  void (await context.newCDPSession(page)).send('Page.crash').catch(() => {}); // nobody is left to answer
  await crashed;
  const again = await context.newPage();
  await again.route(/app-engine\.worker/, async (route) => {
    const response = await route.fetch();
    const later = '{ const { now } = Date; Date.now = () => now() + 180_000; }\n';
    await route.fulfill({ response, body: later + (await response.text()) });
  });
  await again.goto('./#history');
  await expect(sessionsIn(again)).toHaveCount(1);
  await expect(sessionsIn(again)).toContainText(/Paper Kites.*cut off/);
});

test('a file is listened to, and its songs are told in their order', async ({ open }) => {
  const { page } = await open({ knows: ['low-tide.flac', 'night-bus.ogg'] });
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'A file or video' }).click();
  await (await chosen).setFiles(fixture('night-bus.ogg'));
  const told = page.getByRole('region', { name: 'night-bus.ogg' }).getByRole('status');
  await expect(told).toHaveText(/^1 song, 0:/, { timeout: 40_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('night-bus.ogg');
  await expect(page.getByRole('button', { name: /Night Bus/ })).toBeVisible();
});

test('an answer is kept, found again, noted, exported and forgotten', async ({ open }) => {
  const how = { fromSeconds: 2, seconds: 15 };
  const { page } = await open({ hears: songs.lowTide, how, knows: ['low-tide.flac'], at: '#listen' });
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 25_000 });
  await page.goto('./#history');
  await sessionsIn(page).getByRole('button').click();
  await page.getByLabel('Note').fill('By the sea, "in June"');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(sessionsIn(page)).toContainText('By the sea, "in June"');
  await page.getByRole('searchbox').fill('mountain');
  await expect(sessionsIn(page)).toHaveCount(0);
  await page.getByRole('searchbox').fill('sea');
  await expect(sessionsIn(page)).toHaveCount(1);
  const saved = page.waitForEvent('download');
  await more(page);
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const csv = await (await saved).createReadStream().then((stream) => stream.toArray());
  expect(Buffer.concat(csv).toString()).toContain('"By the sea, ""in June"""');
  await more(page);
  await page.getByRole('button', { name: 'Clear history' }).click();
  await expect(page.getByRole('heading', { name: 'What was heard, and when' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(sessionsIn(page)).toHaveCount(1);
});

test('a song is renamed, put out of play, deleted and brought back', async ({ open }) => {
  const { page } = await open({ knows: ['low-tide.flac', 'night-bus.ogg'], at: '#library' });
  await songsIn(page, 'Low Tide').click();
  await more(page);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('High <b>Tide</b>');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('High <b>Tide</b>');
  await more(page);
  await page.getByRole('button', { name: 'Do not recognise' }).click();
  await expect(page.getByRole('main').getByText('not recognised')).toBeVisible();
  await more(page);
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(songsIn(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(songsIn(page)).toHaveCount(2);
});
