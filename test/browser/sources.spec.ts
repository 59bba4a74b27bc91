/** Where sound comes from, and what becomes of it while it is listened to. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { expect, fixture, learn, test } from './app.ts';

const status = '.listen [role="status"]';
const listen = (page: Page) => page.getByRole('button', { name: 'Listen', exact: true });

/** Every audio context is made with these options, and kept in `contexts`. */
async function withContexts(page: Page, options: AudioContextOptions = {}): Promise<void> {
  await page.addInitScript((own) => {
    const contexts: AudioContext[] = [];
    Object.assign(window, { contexts });
    window.AudioContext = class extends AudioContext {
      constructor(wish?: AudioContextOptions) {
        super({ ...wish, ...own });
        contexts.push(this);
      }
    };
  }, options);
}

type WithContexts = Window & { contexts: AudioContext[] };

test('a tab that is shared is heard, and heard again', async ({ open }) => {
  const { page, context } = await open({ shares: 'Radio' });
  await learn(page, ['low-tide.flac']);
  const radio = await context.newPage();
  await radio.evaluate(
    async (song) => {
      document.title = 'Radio';
      const player = Object.assign(new Audio(song), { loop: true });
      await player.play();
    },
    `data:audio/flac;base64,${readFileSync(fixture('low-tide.flac'), 'base64')}`,
  );
  await page.bringToFront();
  await page.goto('./#');
  await page.getByRole('button', { name: 'Tab or computer' }).click();
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Listen again' }).click();
  await expect(page.locator('.found-title')).toBeHidden();
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 30_000 });
});

test('a tab that falls silent is told to be, and whoever ends the sharing is done', async ({ open }) => {
  const { page, context } = await open({ shares: 'Radio' });
  await learn(page, ['low-tide.flac']);
  const radio = await context.newPage();
  await radio.evaluate(() => {
    document.title = 'Radio';
  });
  await page.bringToFront();
  await page.goto('./#');
  await page.getByRole('button', { name: 'Tab or computer' }).click();
  await expect(page.locator(status)).toHaveText('The shared tab is silent. Start playing something.', {
    timeout: 15_000,
  });
  await radio.close();
  await expect(listen(page)).toBeVisible();
});

test('sound that the system holds back is told, and goes on when it comes again', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 2, seconds: 60, leadSeconds: 4 } });
  await withContexts(page);
  await learn(page, ['low-tide.flac']);
  await page.reload();
  await page.goto('./#listen');
  await expect(page.locator(status)).toHaveText('Listening');
  await page.evaluate(() => (window as unknown as WithContexts).contexts[0].suspend());
  await expect(page.locator(status)).toContainText('The sound was interrupted.');
  await page.evaluate(() => (window as unknown as WithContexts).contexts[0].resume());
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 25_000 });
});

for (const sampleRate of [16_000, 44_100]) {
  test(`sound at ${sampleRate} Hz, as a headset may bring it, is recognised`, async ({ open }) => {
    const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 2, seconds: 30 } });
    await withContexts(page, { sampleRate });
    await learn(page, ['low-tide.flac']);
    await page.reload();
    await page.goto('./#listen');
    await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 25_000 });
    expect(await page.evaluate(() => (window as unknown as WithContexts).contexts[0].sampleRate)).toBe(sampleRate);
  });
}

test('a microphone that goes away is asked for again, by its own name or another', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 2, seconds: 60, leadSeconds: 3 } });
  await learn(page, ['low-tide.flac']);
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wish) => {
      const stream = await ask(wish);
      Object.assign(window, { unplug: () => stream.getAudioTracks()[0].dispatchEvent(new Event('ended')) });
      return stream;
    };
  });
  await page.evaluate(() => {
    location.hash = '#listen';
  });
  await expect(page.locator(status)).toHaveText('Listening');
  await page.evaluate(() => (window as unknown as { unplug(): void }).unplug());
  await expect(page.locator(status)).toContainText('The microphone was unplugged.');
  await listen(page).click();
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 25_000 });
});

test('the screen stays awake while one listens on, and no longer', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { seconds: 30 } });
  // Without a screen the browser has no lock to give: what is asked of it is counted.
  await page.addInitScript(() => {
    const locks = { held: 0 };
    Object.assign(window, { locks });
    const request = async () => {
      locks.held++;
      const lock = Object.assign(new EventTarget(), {
        released: false,
        async release() {
          if (!lock.released) locks.held--;
          lock.released = true;
        },
      });
      return lock;
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const held = () => page.evaluate(() => (window as unknown as { locks: { held: number } }).locks.held);
  await learn(page, ['night-bus.ogg']);
  await page.goto('./#');
  await page.reload();
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect(page.locator(status)).toHaveText('Listening');
  await expect.poll(held).toBe(1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(held).toBe(0);
  await listen(page).click();
  await expect(page.locator(status)).toHaveText('Listening');
  expect(await held()).toBe(0);
});

test('a screen reader hears each state once', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 2, seconds: 30, leadSeconds: 2 } });
  await learn(page, ['low-tide.flac']);
  await page.goto('./#');
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    // What assistive technology is told of: text that changes within a live region.
    new MutationObserver(() => {
      const text = document.querySelector('.listen [role="status"]')?.textContent?.trim();
      if (text && text !== told.at(-1)) told.push(text);
    }).observe(document.querySelector('.app-content')!, { subtree: true, childList: true, characterData: true });
  });
  await listen(page).click();
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 25_000 });
  const told = async () => {
    const all = await page.evaluate(() => (window as unknown as { told: string[] }).told);
    return all.filter((text) => !text.startsWith('Please allow'));
  };
  await expect.poll(told).toEqual(['Listening', expect.stringMatching(/^Low Tide, .*, at 0:\d\d, /)]);
  // While the position goes on, nothing more is told.
  await page.waitForTimeout(1500);
  expect(await told()).toHaveLength(2);
});

test('with reduced motion nothing moves, and all is told', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 2, seconds: 30, leadSeconds: 2 } });
  await learn(page, ['low-tide.flac']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./#listen');
  // All the sizes of the ring, which else follows the loudness: it may be gone any moment, when the song is found.
  await page.evaluate(() => {
    const sizes = new Set<string>();
    Object.assign(window, { sizes });
    setInterval(() => {
      const ring = document.querySelector('.listen-ring')?.getBoundingClientRect();
      if (ring?.width) sizes.add(`${ring.width} x ${ring.height}`);
    }, 20);
  });
  await expect(page.locator('.listen-seconds')).toContainText('2');
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
        .map(({ effect }) => (effect as KeyframeEffect).target?.className),
    );
  expect(await moving()).toEqual([]);
  await expect(page.locator('.found-title')).toHaveText('Low Tide', { timeout: 25_000 });
  expect(await moving()).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { sizes: Set<string> }).sizes.size)).toBe(1);
});

test('what was heard just now is recognised when its keeping was switched on', async ({ open }) => {
  const { page } = await open({ hears: songs.nightBus, how: { fromSeconds: 3, seconds: 60 } });
  await learn(page, ['night-bus.ogg']);
  await page.goto('./#settings');
  await page.getByLabel('Keep the last 10 seconds').check();
  await page.waitForTimeout(6000);
  await page.goto('./#');
  await page.getByRole('button', { name: 'The last 10 seconds' }).click();
  await expect(page.locator('.found-title')).toHaveText('Night Bus', { timeout: 20_000 });
});
