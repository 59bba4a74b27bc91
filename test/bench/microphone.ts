/**
 * `npm run bench -- microphone [--music FOLDER] [--clips FOLDER] [--condition ota] [--tracks 1000] [--most 20]`: the app
 * itself, in Chromium, hears clips through a fake microphone: how long from the microphone's permission until the
 * right song stands on the screen, and until the first sound is evaluated. Folders as for `live`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';
import { openEngine } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { kernelModule } from '../support/kernel.ts';
import { wav } from '../support/recording.ts';
import { type Clip, fill, listeningMaterial } from './listening-material.ts';
import { part } from './live.ts';
import { type Measured, measured, rounded } from './table.ts';

const root = new URL('../..', import.meta.url).pathname;
const IMPORT_MS = 300_000;

declare global {
  interface Window {
    /** Milliseconds of the page's clock. */
    moments: { given?: number; heard?: number; answered?: number };
  }
}

export async function run(args: string[]): Promise<Measured> {
  const { songs, clips, tracks } = listeningMaterial(args, 20);
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const outDir = join(folder, 'app');
  await build({ root, logLevel: 'error', build: { outDir } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
  const url = server.resolvedUrls?.local[0] as string;
  try {
    const bundle = join(folder, 'library.entendu');
    await writeBundle(bundle, songs, tracks);
    await inApp(folder, url, undefined, (page) => importBundle(page, bundle));
    const answers = [];
    for (const clip of clips) answers.push(await hear(folder, url, clip));
    return measured({ title: `The app hears clips among ${tracks} tracks`, rows: rowsOf(answers) }, []);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

async function writeBundle(path: string, songs: Clip[], tracks: number): Promise<void> {
  const engine = await openEngine({ shelf: openMemory(), kernel: kernelModule });
  await fill(engine, songs, tracks);
  const bytes: Uint8Array[] = [];
  await engine.exportBundle({ name: 'Bench' }, async (some) => void bytes.push(some.slice()));
  writeFileSync(path, Buffer.concat(bytes));
}

async function importBundle(page: Page, bundle: string): Promise<void> {
  await page.goto(`${page.url()}#library`);
  await page.getByRole('button', { name: 'Add songs' }).click();
  await page.locator('input[accept=".entendu"]').setInputFiles(bundle);
  await page.getByRole('button', { name: 'Add to my library' }).click();
  await page.getByText('songs added').waitFor({ timeout: IMPORT_MS });
  // The index is made behind the scenes.
  await page.waitForTimeout(20_000);
}

async function hear(folder: string, url: string, { title, sound }: Clip) {
  const { samples, sampleRate } = sound();
  const file = join(folder, 'microphone.wav');
  writeFileSync(file, wav(samples, sampleRate));
  return inApp(folder, url, file, async (page) => {
    await page.addInitScript(noteMoments);
    await page.reload();
    await page.locator('.listen-count:has-text("songs")').waitFor();
    await page.getByRole('button', { name: 'Listen', exact: true }).click();
    const answer = page.locator('.found-title');
    await answer.waitFor({ timeout: 60_000 });
    const named = await answer.textContent();
    const { given = 0, heard = 0, answered = 0 } = await page.evaluate(() => window.moments);
    const isKnown = named !== 'Not in your library';
    return {
      isRight: named === title,
      isWrong: isKnown && named !== title,
      first: heard - given,
      whole: answered - given,
    };
  });
}

/** Runs in the page, before the app asks for the microphone. */
export function noteMoments() {
  const moments: Window['moments'] = {};
  window.moments = moments;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await ask(wish);
    moments.given ??= performance.now();
    return stream;
  };
  // States of live listening come through a port; each has a level.
  const { addEventListener } = MessagePort.prototype;
  MessagePort.prototype.addEventListener = function (this: MessagePort, name: string, listener: EventListener) {
    return addEventListener.call(this, name, (event) => {
      const told = (event as MessageEvent).data?.argumentList?.[0]?.value;
      if (typeof told === 'object' && told && 'levelDb' in told) moments.heard ??= performance.now();
      return listener.call(this, event);
    });
  } as typeof addEventListener;
  new MutationObserver(() => {
    if (document.querySelector('.found-title')) moments.answered ??= performance.now();
  }).observe(document, { subtree: true, childList: true });
}

async function inApp<T>(folder: string, url: string, sound: string | undefined, act: (page: Page) => Promise<T>) {
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findBrowser(),
    locale: 'en-GB',
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(sound ? [`--use-file-for-fake-audio-capture=${sound}%noloop`] : []),
    ],
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    return await act(page);
  } finally {
    await context.close();
  }
}

type Answer = Awaited<ReturnType<typeof hear>>;

function rowsOf(answers: Answer[]) {
  const right = answers.filter(({ isRight }) => isRight);
  const waits = right.map(({ whole }) => whole / 1000);
  const firsts = answers.map(({ first }) => first);
  return [
    { what: 'clips', value: answers.length, unit: '' },
    { what: 'right', value: rounded((100 * right.length) / answers.length), unit: '%' },
    { what: 'wrong', value: answers.filter(({ isWrong }) => isWrong).length, unit: '' },
    { what: 'permission to the right title on the screen, median', value: rounded(part(waits, 0.5)), unit: 's' },
    { what: 'the same, slowest tenth from', value: rounded(part(waits, 0.9)), unit: 's' },
    { what: 'permission to the first sound evaluated, median', value: rounded(part(firsts, 0.5)), unit: 'ms' },
    { what: 'the same, slowest', value: rounded(Math.max(...firsts)), unit: 'ms' },
  ];
}
