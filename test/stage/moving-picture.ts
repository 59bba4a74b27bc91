/**
 * The moving picture of the README: the real app learns the fixtures, hears one of them, and shows what it was.
 *
 *     npm run moving-picture
 *
 * ffmpeg makes an animated WebP of the frames that Chromium draws.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';
import { songs } from '../support/music/songs.ts';
import { record } from '../support/recording.ts';

const root = new URL('../../', import.meta.url).pathname;
const target = join(root, 'docs/moving-picture.webp');
const learnt = ['harbour-lights.mp3', 'paper-kites.m4a', 'low-tide.flac', 'night-bus.ogg', 'copper-rain.opus'];
const viewport = { width: 390, height: 844 };
/** Pixels and frames a second of the picture: it must stay small. */
const WIDTH = 320;
const RATE = 10;
const PORT = 4192;

interface Frame {
  file: string;
  /** Seconds. */
  at: number;
}

/** Keeps every frame that the page draws. */
async function filming(devtools: CDPSession, folder: string): Promise<() => Promise<Frame[]>> {
  const frames: Frame[] = [];
  devtools.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    const file = join(folder, `${frames.length}.jpg`);
    writeFileSync(file, Buffer.from(data, 'base64'));
    frames.push({ file, at: metadata.timestamp ?? 0 });
    void devtools.send('Page.screencastFrameAck', { sessionId });
  });
  await devtools.send('Page.startScreencast', { format: 'jpeg', quality: 90 });
  return async () => {
    await devtools.send('Page.stopScreencast');
    return frames;
  };
}

async function act(page: Page): Promise<void> {
  await page.waitForTimeout(800);
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add songs' }).first().click();
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles(learnt.map((file) => join(root, 'test/fixtures', file)));
  await page.locator('.import-head strong', { hasText: 'learnt' }).waitFor();
  await page.waitForTimeout(800);
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.waitForTimeout(800);
  await page.getByRole('link', { name: 'Listen' }).click();
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await page.locator('.found-title').waitFor();
  await page.waitForTimeout(2500);
}

/** Each frame lasts until the next one. */
function compose(frames: Frame[], folder: string): void {
  const lines = frames.flatMap(({ file, at }, i) => {
    const seconds = i + 1 < frames.length ? frames[i + 1].at - at : 2;
    return [`file '${file}'`, `duration ${Math.min(2, Math.max(0.001, seconds)).toFixed(3)}`];
  });
  const list = join(folder, 'frames.txt');
  writeFileSync(list, [...lines, `file '${frames.at(-1)?.file}'`].join('\n'));
  const picture = `fps=${RATE},scale=${WIDTH}:-2:flags=lanczos`;
  const webp = ['-c:v', 'libwebp_anim', '-quality', '60', '-compression_level', '6', '-loop', '0'];
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'concat',
    '-safe',
    '0',
    '-i',
    list,
    '-vf',
    picture,
    ...webp,
    target,
  ]);
}

const folder = mkdtempSync(join(tmpdir(), 'entendu-'));
const sound = join(folder, 'microphone.wav');
record(sound, songs.harbourLights, { fromSeconds: 8, seconds: 25 });
const server = await preview({ root, preview: { port: PORT, host: '127.0.0.1' }, logLevel: 'error' });
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: findBrowser(),
  viewport,
  colorScheme: 'dark',
  locale: 'en-GB',
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${sound}%noloop`,
  ],
});
try {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${PORT}/#library`);
  await page.getByRole('heading').first().waitFor();
  const cut = await filming(await context.newCDPSession(page), folder);
  await act(page);
  compose(await cut(), folder);
  console.log(`${target}: ${Math.round(statSync(target).size / 1000)} kB`);
} finally {
  await context.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
