/** The library on a real IndexedDB: pages that die, tabs that share it, storage that runs out. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { matching } from '../support/matching.ts';
import { someLearnt } from '../support/prints.ts';
import { random } from '../support/random.ts';
import { contract } from '../support/shelf-contract.ts';
import type { InPage } from './library-page.ts';

declare const inPage: InPage;

let program: Promise<string> | undefined;

/** The page's program as one script. */
function bundled(): Promise<string> {
  program ??= build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: 'test/browser/library-page.ts', formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  }).then((results) => (results as Rolldown.RolldownOutput[])[0].output[0].code);
  return program;
}

/** A page on an address of its own that holds nothing but the program. */
async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const code = await bundled();
  await page.route('http://localhost:1/**', (route) =>
    route.fulfill(
      route.request().url().endsWith('.js')
        ? { contentType: 'text/javascript', body: code }
        : { contentType: 'text/html', body: '<!doctype html><script type="module" src="/page.js"></script>' },
    ),
  );
  await page.goto('http://localhost:1/');
  await page.waitForFunction(() => 'inPage' in globalThis);
  return page;
}

test('a shelf in this browser does what every shelf does', async ({ context }) => {
  const page = await openPage(context);
  const told = await page.evaluate(() => inPage.contract());
  expect(Object.keys(told)).toEqual(Object.keys(contract));
  for (const [sentence, all] of Object.entries(told)) {
    for (const [seen, expected] of all) expect(seen, sentence).toBe(expected);
  }
});

/** `LIVES=200 npx playwright test library.spec` kills more. */
const LIVES = Number(process.env.LIVES ?? 8);

test('a page killed at any moment leaves all that it reported, and nothing half there', async ({ context }) => {
  test.setTimeout(300_000);
  const next = random(13);
  const reports: string[] = [];
  for (let life = 0; life < LIVES; life++) {
    const page = await openPage(context);
    const opening = Date.now();
    await page.evaluate(() => inPage.open());
    expect(Date.now() - opening).toBeLessThan(10_000);
    if (life % 4 === 0) expect(await page.evaluate((told) => inPage.faults(told), reports)).toEqual([]);
    // Some time after so many reports: in milliseconds alone, a slow machine would be killed before it has done anything.
    const enough = reports.length + Math.floor(next() * 5);
    const busy = new Promise<void>((resolve) => {
      const count = () => reports.length >= enough && resolve();
      page.on('console', (message) => {
        reports.push(message.text());
        count();
      });
      count();
    });
    const session = await context.newCDPSession(page);
    const dead = new Promise((resolve) => page.once('crash', resolve));
    page.evaluate((seed) => inPage.live(seed), 1 + life * 1000).catch(() => {}); // it never comes back
    await busy;
    await page.waitForTimeout(next() * 100);
    if (life % 2 === 0) {
      session.send('Page.crash').catch(() => {}); // nobody is left to answer
      await dead;
    }
    await page.close();
  }
  const last = await openPage(context);
  await last.evaluate(() => inPage.open());
  expect(await last.evaluate((told) => inPage.faults(told), reports)).toEqual([]);
  expect(reports.length).toBeGreaterThan(LIVES);
});

test('a page killed while it takes in a bundle has all of it or none', async ({ context }) => {
  // The first tells how long it takes here when nothing happens; the others are killed at these shares of that time.
  const moments = [Infinity, 0.1, 1.6, 0.4, 0.7, 1];
  const outcomes = new Set<string>();
  let tookMs = 0;
  let count = 0;
  for (const [life, moment] of moments.entries()) {
    const page = await openPage(context);
    await page.evaluate(() => inPage.open());
    expect(await page.evaluate(() => inPage.count())).toBe(count);
    const tracks = 100 * (life + 1);
    const how = life % 2 === 0 ? 'merge' : 'replace';
    let said = '';
    const begun = new Promise<void>((resolve) => {
      page.on('console', (message) => {
        said = message.text();
        resolve();
      });
    });
    const taking = page.evaluate(([tracks, how]) => inPage.takeIn(tracks, how), [tracks, how] as const);
    taking.catch(() => {}); // it seldom comes back
    await begun;
    const begunAt = Date.now();
    if (moment === Infinity) {
      await taking;
      tookMs = Date.now() - begunAt;
    } else {
      await page.waitForTimeout(moment * tookMs * (life + 1));
    }
    const session = await context.newCDPSession(page);
    const dead = new Promise((resolve) => page.once('crash', resolve));
    session.send('Page.crash').catch(() => {}); // nobody is left to answer
    await dead;
    await page.close();
    const again = await openPage(context);
    await again.evaluate(() => inPage.open());
    const after = Number(await again.evaluate(() => inPage.count()));
    // A bundle's tracks are the first of the next one's, so all of it means so many.
    expect([count, tracks]).toContain(after);
    if (said === 'ended') expect(after).toBe(tracks);
    if (life > 0) outcomes.add(after === tracks ? 'all' : 'none');
    count = after;
    await again.close();
  }
  expect(outcomes).toEqual(new Set(['all', 'none']));
});

test('two tabs share a library: each sees what the other does', async ({ context }) => {
  const [a, b] = [await openPage(context), await openPage(context)];
  await a.evaluate(() => inPage.open());
  await b.evaluate(() => inPage.open());
  const added = await Promise.all(
    [a, b].map((page, i) =>
      page.evaluate(
        async (first) => {
          const results: string[] = [];
          for (let seed = first; seed < first + 8; seed++) results.push(await inPage.add(seed));
          return results;
        },
        1 + i * 100,
      ),
    ),
  );
  expect(new Set(added.flat())).toEqual(new Set(['added']));
  await a.evaluate(() => inPage.remove([1]));
  await expect.poll(() => b.evaluate(() => inPage.count())).toBe(15);
  expect(await a.evaluate(() => inPage.titles())).toEqual(await b.evaluate(() => inPage.titles()));
  for (const page of [a, b]) expect(await page.evaluate(() => inPage.faults([]))).not.toContain('pending');
});

test('a bundle out of the browser is byte for byte that of the command line', async ({ context }) => {
  const page = await openPage(context);
  await page.evaluate(() => inPage.open());
  const library = await openLibrary(openMemory(), matching);
  for (const seed of [5, 3, 900]) {
    await page.evaluate((seed) => inPage.add(seed, 0), seed);
    const cover = new Blob([], { type: 'image/webp' });
    await library.add({ ...someLearnt(seed, { seconds: 5 }), cover });
  }
  const pieces: Uint8Array[] = [];
  await writeBundle(library, 1, { made: 0, fileNames: true }, async (bytes) => void pieces.push(bytes));
  expect(await page.evaluate(() => inPage.bundle())).toBe(Buffer.concat(pieces).toString('hex'));
});

test('a newer version of the app in another tab is not held up, and the older one is told', async ({ context }) => {
  const [old, recent] = [await openPage(context), await openPage(context)];
  await old.evaluate(() => inPage.open());
  expect(await recent.evaluate(() => inPage.upgrade())).toBe('upgraded');
  expect(await old.evaluate(() => inPage.told())).toEqual(['LibraryOutdated']);
  expect(await old.evaluate(() => inPage.add(1))).toBe('LibraryOutdated');
  const late = await openPage(context);
  await expect(late.evaluate(() => inPage.open())).rejects.toThrow('newer version of Entendu');
});

test('when storage is full a sentence says so, and what is there stays', async ({ context }) => {
  const page = await openPage(context);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: 'http://localhost:1', quotaSize: 400_000 });
  await page.evaluate(() => inPage.open());
  const results = await page.evaluate(async () => {
    const results: string[] = [];
    for (let seed = 1; seed < 100 && results.at(-1) !== 'StorageFull'; seed++) {
      results.push(await inPage.add(seed, 50_000));
    }
    return results;
  });
  expect(results.at(-1)).toBe('StorageFull');
  expect(new Set(results.slice(0, -1))).toEqual(new Set(['added']));
  await page.close();
  const again = await openPage(context);
  await again.evaluate(() => inPage.open());
  expect(await again.evaluate(() => inPage.titles())).toHaveLength(results.length - 1);
});
