/**
 * The pictures that the README and, before it is installed, browsers show: the real app, having learnt the fixtures, hears one of them.
 *
 *     npm run build && node .setup/run.mjs test/stage/portraits.ts
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';
import { songs } from '../support/music/songs.ts';
import { record } from '../support/recording.ts';

const root = new URL('../../', import.meta.url).pathname;
const target = join(root, 'public/screenshots');
const learnt = ['harbour-lights.mp3', 'paper-kites.m4a', 'low-tide.flac', 'night-bus.ogg', 'copper-rain.opus'];

const folder = mkdtempSync(join(tmpdir(), 'entendu-'));
const sound = join(folder, 'microphone.wav');
record(sound, songs.harbourLights, { fromSeconds: 8, seconds: 25 });
mkdirSync(target, { recursive: true });

const server = await preview({ root, preview: { port: 4191, host: '127.0.0.1' }, logLevel: 'error' });
for (const [name, viewport, colorScheme] of [
  ['phone', { width: 390, height: 844 }, 'dark'],
  ['desk', { width: 1440, height: 900 }, 'light'],
] as const) {
  const context = await chromium.launchPersistentContext(join(folder, name), {
    executablePath: findBrowser(),
    viewport,
    colorScheme,
    deviceScaleFactor: name === 'phone' ? 2 : 1,
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${sound}%noloop`,
    ],
  });
  const page = await context.newPage();
  await page.goto('http://127.0.0.1:4191/#library');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add songs' }).first().click();
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles(learnt.map((file) => join(root, 'test/fixtures', file)));
  await page
    .getByRole('region', { name: 'Add songs' })
    .getByText(/learnt$/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.waitForTimeout(500);
  if (name === 'phone') await page.screenshot({ path: join(target, 'phone-library.jpg'), quality: 85 });
  await page.getByRole('link', { name: 'Listen' }).click();
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await page.getByText('Listen again').waitFor();
  await page.waitForTimeout(900);
  await page.screenshot({ path: join(target, `${name}-found.jpg`), quality: 85 });
  await context.close();
}
await server.close();
rmSync(folder, { recursive: true });
