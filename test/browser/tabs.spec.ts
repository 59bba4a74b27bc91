/** Several tabs of the app learn the same music at the same time. */
import type { Page } from '@playwright/test';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import { expect, test } from './app.ts';

const TABS = 3;
const SONGS = 2;

/** Each song in two files: other bytes, the same recording. */
const files = Array.from({ length: SONGS }, (_, i) => {
  const { samples, sampleRate } = music(10, 11025, 40 + i);
  const file = (name: string, sound: Float32Array) => ({
    name: `${name} ${i}.wav`,
    mimeType: 'audio/wav',
    buffer: Buffer.from(wav(sound, sampleRate)),
  });
  return [
    file('Loud', samples),
    file(
      'Quiet',
      samples.map((sample) => sample * 0.7),
    ),
  ];
}).flat();

/** Up to where the files can be chosen, so that all tabs can begin together. */
async function openChooser(page: Page) {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  return chooser;
}

async function learntCount(page: Page): Promise<number> {
  const told = page.getByRole('region', { name: 'Add songs' }).getByRole('status');
  await expect(told).toHaveText(/songs? learnt$|^No new songs$/, { timeout: 90_000 });
  const text = (await told.textContent()) ?? '';
  return text === 'No new songs' ? 0 : Number.parseInt(text, 10);
}

test('what several tabs learn at once is there once, whichever file it came from', async ({ open }) => {
  const { page, context } = await open();
  const tabs = [page];
  while (tabs.length < TABS) tabs.push(await context.newPage());
  const choosers = [];
  for (const tab of tabs) {
    await tab.bringToFront();
    choosers.push(await openChooser(tab));
  }
  await Promise.all(choosers.map((chooser) => chooser.setFiles(files)));
  const counts = await Promise.all(tabs.map(learntCount));
  expect(counts.reduce((sum, count) => sum + count)).toBe(SONGS);
  for (const tab of tabs) await expect(tab.getByText(`${SONGS} songs`, { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${SONGS} songs`, { exact: true })).toBeVisible();
});
