/** Where sound comes from, and what becomes of it while it is listened to. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { answer, expect, FAKE_MICROPHONE, fixture, listenStatus, test } from './app.ts';

const listen = (page: Page) => page.getByRole('button', { name: 'Listen', exact: true });

/** Every audio context is kept in `contexts`; the first ones have these sample rates. */
async function withContexts(page: Page, rates: number[] = []): Promise<void> {
  await page.addInitScript((rates) => {
    const contexts: AudioContext[] = [];
    Object.assign(window, { contexts });
    window.AudioContext = class extends AudioContext {
      constructor(wish?: AudioContextOptions) {
        super({ ...wish, ...(rates.length > contexts.length && { sampleRate: rates[contexts.length] }) });
        contexts.push(this);
      }
    };
  }, rates);
}

type WithContexts = Window & { contexts: AudioContext[] };

/** Shares the tab called Radio when the page asks for one. A browser without loudspeakers would share silence. */
const sharing = {
  args: [
    FAKE_MICROPHONE,
    '--auto-select-tab-capture-source-by-title=Radio',
    '--autoplay-policy=no-user-gesture-required',
  ],
  without: ['--mute-audio'],
};

test('a tab that is shared is heard, and heard again', async ({ open }) => {
  const { page, context } = await open({ knows: ['low-tide.flac'], own: sharing });
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
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Listen again' }).click();
  await expect(answer(page, 'Low Tide')).toBeHidden();
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 90_000 });
});

test('a tab that falls silent is told to be, and whoever ends the sharing is done', async ({ open }) => {
  const { page, context } = await open({ knows: ['low-tide.flac'], own: sharing });
  const radio = await context.newPage();
  await radio.evaluate(() => {
    document.title = 'Radio';
  });
  await page.bringToFront();
  await page.goto('./#');
  await page.getByRole('button', { name: 'Tab or computer' }).click();
  await expect(listenStatus(page)).toHaveText('The shared tab is silent. Start playing something.', {
    timeout: 15_000,
  });
  await radio.close();
  await expect(listen(page)).toBeVisible();
});

test('in WebKitGTK only the first channel of a microphone counts: the second may be late', async ({ open }) => {
  const { page } = await open({ knows: ['low-tide.flac'] });
  await page.addInitScript(
    async ([song, userAgent]) => {
      Object.defineProperty(navigator, 'userAgent', { value: userAgent });
      navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        const bytes = Uint8Array.from(atob(song), (letter) => letter.charCodeAt(0));
        const sound = await context.decodeAudioData(bytes.buffer);
        const first = sound.getChannelData(0);
        const both = context.createBuffer(2, sound.length, sound.sampleRate);
        both.copyToChannel(first, 0);
        // In their mean the two cancel each other.
        both.copyToChannel(
          first.map((sample) => -sample),
          1,
        );
        const player = new AudioBufferSourceNode(context, { buffer: both, loop: true });
        const microphone = context.createMediaStreamDestination();
        player.connect(microphone);
        player.start();
        return microphone.stream;
      };
    },
    [
      readFileSync(fixture('low-tide.flac'), 'base64'),
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15',
    ],
  );
  await page.reload();
  await listen(page).click();
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 90_000 });
});

test('sound that the system holds back is told, and goes on when it comes again', async ({ open }) => {
  const how = { fromSeconds: 2, seconds: 25, leadSeconds: 4 };
  const { page } = await open({ hears: songs.lowTide, how, knows: ['low-tide.flac'] });
  await withContexts(page);
  await page.reload();
  await listen(page).click();
  await expect(listenStatus(page)).toHaveText('Listening');
  await page.evaluate(() => (window as unknown as WithContexts).contexts[0].suspend());
  await expect(listenStatus(page)).toContainText('The sound was interrupted.');
  await page.evaluate(() => (window as unknown as WithContexts).contexts[0].resume());
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 25_000 });
});

test('sound at 16 and 44.1 kHz, as a headset may bring it, is recognised', async ({ open }) => {
  const { page } = await open({
    hears: songs.lowTide,
    how: { fromSeconds: 2, seconds: 15 },
    knows: ['low-tide.flac'],
  });
  const rates = [16_000, 44_100];
  await withContexts(page, rates);
  await page.reload();
  for (const [i, rate] of rates.entries()) {
    await page.getByRole('button', { name: i === 0 ? 'Listen' : 'Listen again', exact: true }).click();
    await expect(answer(page, 'Low Tide')).toBeHidden();
    await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 25_000 });
    expect(await page.evaluate((i) => (window as unknown as WithContexts).contexts[i].sampleRate, i)).toBe(rate);
  }
});

test('a microphone that goes away is asked for again, by its own name or another', async ({ open }) => {
  const how = { fromSeconds: 2, seconds: 25, leadSeconds: 3 };
  const { page } = await open({ hears: songs.lowTide, how, knows: ['low-tide.flac'] });
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
  await expect(listenStatus(page)).toHaveText('Listening');
  await page.evaluate(() => (window as unknown as { unplug(): void }).unplug());
  await expect(listenStatus(page)).toContainText('The microphone was unplugged.');
  await listen(page).click();
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 25_000 });
});

test('the screen stays awake while one listens on, and no longer', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { seconds: 20 }, knows: ['night-bus.ogg'] });
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
  await page.reload();
  await page.getByRole('button', { name: 'Keep listening' }).click();
  await expect(listenStatus(page)).toHaveText('Listening');
  await expect.poll(held).toBe(1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(held).toBe(0);
  await listen(page).click();
  await expect(listenStatus(page)).toHaveText('Listening');
  expect(await held()).toBe(0);
});

test('with reduced motion nothing moves, and a screen reader hears each state once', async ({ open }) => {
  const how = { fromSeconds: 2, seconds: 20, leadSeconds: 2 };
  const { page } = await open({ hears: songs.lowTide, how, knows: ['low-tide.flac'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const told: string[] = [];
    const sizes = new Set<string>();
    Object.assign(window, { told, sizes });
    // What assistive technology is told of: text that changes within a live region.
    new MutationObserver(() => {
      const text = document.querySelector('section [role="status"]')?.textContent?.trim();
      if (text && text !== told.at(-1)) told.push(text);
    }).observe(document.querySelector('main')!, { subtree: true, childList: true, characterData: true });
    // All sizes of the ring while listening. Without reduced motion it follows the loudness. It is the part of the button without words.
    setInterval(() => {
      const parts = [...document.querySelectorAll('main button[data-on="true"] > span')];
      const ring = parts.find(({ textContent }) => !textContent)?.getBoundingClientRect();
      if (ring?.width) sizes.add(`${ring.width} x ${ring.height}`);
    }, 20);
  });
  await listen(page).click();
  // A busy machine may leave out a second.
  await expect(page.getByRole('button', { name: 'Stop' })).toContainText(/0:0[1-9]/);
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
        .map(({ effect }) => (effect as KeyframeEffect).target?.className),
    );
  expect(await moving()).toEqual([]);
  await expect(answer(page, 'Low Tide')).toBeVisible({ timeout: 25_000 });
  expect(await moving()).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { sizes: Set<string> }).sizes.size)).toBe(1);

  const told = async () => {
    const all = await page.evaluate(() => (window as unknown as { told: string[] }).told);
    return all.filter((text) => !text.startsWith('Please allow'));
  };
  await expect.poll(told).toEqual(['Listening', expect.stringMatching(/^Low Tide, .*, at 0:\d\d, /)]);
  // While the position goes on, nothing more is told.
  const position = page
    .getByRole('region', { name: 'Listen' })
    .getByText(/^0:\d\d$/)
    .first();
  await expect(position).not.toHaveText((await position.textContent())!);
  expect(await told()).toHaveLength(2);
});

test('what was heard just now is recognised when its keeping was switched on', async ({ open }) => {
  const how = { fromSeconds: 3, seconds: 25 };
  const { page } = await open({ hears: songs.nightBus, how, knows: ['night-bus.ogg'], at: '#settings' });
  await page.getByLabel('Keep the last 10 seconds').check();
  await page.waitForTimeout(6000);
  await page.goto('./#');
  await page.getByRole('button', { name: 'The last 10 seconds' }).click();
  await expect(answer(page, 'Night Bus')).toBeVisible();
});
