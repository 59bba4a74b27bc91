/** Every screen in every state, posed: see `test/stage`. */
import type { Page } from '@playwright/test';
import { pose, screens } from '../stage/screens.ts';
import { expect, songsIn } from './app.ts';
import { axeFaults } from './axe.ts';
import { test } from './stage-page.ts';

test.describe.configure({ mode: 'parallel' });

const sticksOut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.app-content, .dialog, .lyrics, .lyrics-lines, .bar, .import-sheet')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.className}: ${element.scrollWidth} in ${element.clientWidth}`),
  );

/** In forced colours grounds are gone: a control without words needs an edge, and what is chosen another than the rest. */
const withoutEdge = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.button, .icon-button, .check, .toggle, .listen-button, .bar-place[aria-current]')]
      .filter((element) => element.checkVisibility())
      .filter((element) => getComputedStyle(element).borderTopWidth === '0px')
      .map((element) => element.outerHTML.slice(0, 120)),
  );

/** Walks the screen by the Tab key: everything is reached, and where one is can be seen. */
async function lostByKeyboard(page: Page): Promise<string[]> {
  const names = await page.evaluate(() => {
    const stage = document.querySelector('dialog[open], .menu[open]') ?? document;
    const able = 'a[href], button:not(:disabled), input:not([hidden]), select, textarea, summary';
    const start = stage.querySelector<HTMLElement>('.app-skip, h2, summary');
    // The rows of a long list are one stop.
    const reachable = [...stage.querySelectorAll<HTMLElement>(able)].filter(
      (element) =>
        element.checkVisibility() && !element.closest('[inert]') && element.tabIndex >= 0 && element !== start,
    );
    reachable.forEach((element, i) => {
      element.dataset.walk = String(i);
    });
    start?.focus();
    return reachable.map((element) => element.outerHTML.slice(0, 120));
  });
  const missed = new Set(names.keys());
  const unseen: string[] = [];
  for (let step = 0; step < names.length + 5 && missed.size; step++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const ring = [element, element.closest('.search-field')].some((each) => {
        const { outlineStyle, boxShadow } = each ? getComputedStyle(each) : { outlineStyle: 'none', boxShadow: 'none' };
        return outlineStyle !== 'none' || (each !== element && boxShadow !== 'none');
      });
      const { left, top, width, height } = element.getBoundingClientRect();
      const above = document.elementFromPoint(left + width / 2, top + height / 2);
      const isCovered = !above || !(element.contains(above) || above.contains(element));
      return { walk: element.dataset.walk, ring, isCovered, html: element.outerHTML.slice(0, 120) };
    });
    if (at.walk === undefined) continue;
    missed.delete(Number(at.walk));
    if (!at.ring) unseen.push(`no ring: ${at.html}`);
    if (at.isCovered) unseen.push(`covered: ${at.html}`);
  }
  return [...[...missed].map((i) => `not reached: ${names[i]}`), ...new Set(unseen)];
}

/** What is wrong with a screen, in each of the ways that people have it before them. Each look is posed once. */
async function judge(page: Page, stage: string, screen: string): Promise<Record<string, string[]>> {
  await page.setViewportSize({ width: 390, height: 640 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await pose(page, stage, screen, { look: 'dark' });
  const walk = await lostByKeyboard(page); // first: who listens is offered other ways after some seconds
  // Parts of the screen may have been drawn anew while it was walked.
  const byKeyboard = walk.length ? await lostByKeyboard(page) : walk;
  await page.emulateMedia({ forcedColors: 'active' });
  const inForcedColours = await withoutEdge(page);
  await page.emulateMedia({ forcedColors: 'none' });
  const inDark = await axeFaults(page);

  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => {
    document.documentElement.dataset.look = 'light';
    document.documentElement.dir = 'rtl';
  });
  const inLight = await axeFaults(page, ['color-contrast']);
  const onSmallScreen = await sticksOut(page);
  await page.evaluate(() => {
    document.documentElement.dir = 'ltr';
    document.documentElement.style.fontSize = '200%';
  });
  const inLargeText = IN_LARGE_TEXT.test(screen) ? await sticksOut(page) : [];
  return { inDark, inForcedColours, byKeyboard, inLight, onSmallScreen, inLargeText };
}

const IN_LARGE_TEXT = /^(listen-(idle|found|keep)|library|bundle|track|lyrics|recording|history|settings)/;

for (const screen of Object.keys(screens).filter((name) => !screens[name].isWide)) {
  test(`${screen}: axe finds nothing, every key arrives, nothing sticks out, every colour can be read`, async ({
    page,
    stage,
  }) => {
    const found = Object.entries(await judge(page, stage, screen)).filter(([, wrong]) => wrong.length);
    expect(Object.fromEntries(found)).toEqual({});
  });
}

/** One for every way in which poses find what they press or wait for. */
const BY_WORDS = [
  'listen-found',
  'listen-refused',
  'microphone-bar',
  'library-sort',
  'track-export',
  'catalogue-leave',
];

for (const screen of [...BY_WORDS, 'history-charts', 'recording-song', 'settings-watch'])
  test(`${screen} is posed in Arabic, too, and nothing sticks out`, async ({ page, stage }) => {
    await page.setViewportSize({ width: 390, height: 640 });
    await pose(page, stage, screen, { language: 'ar' });
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    expect(await sticksOut(page)).toEqual([]);
  });

test('the words of the bar fit the smallest phone in every language', async ({ page, stage }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await pose(page, stage, 'settings');
  const cut: string[] = [];
  for (const language of ['en', 'de', 'es', 'fr', 'ja', 'pt', 'zh', 'ar'] as const) {
    await page.evaluate((language) => window.speak(language), language);
    const words = page.getByRole('navigation').first().getByRole('link').locator('span');
    cut.push(
      ...(await words.evaluateAll((all) =>
        all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent ?? ''),
      )),
    );
  }
  expect(cut).toEqual([]);
});

test('of ten thousand songs only those in view are on the page, wherever it is scrolled to', async ({
  page,
  stage,
}) => {
  await pose(page, stage, 'library-full');
  const scrollTo = (share: number) =>
    page
      .getByRole('main')
      .evaluate(
        (scroller, share) => scroller.scrollTo(0, share * (scroller.scrollHeight - scroller.clientHeight)),
        share,
      );
  for (const [share, inView] of [
    [0, '1'],
    [0.5, '5000'],
    [1, '10000'],
  ] as const) {
    await scrollTo(share);
    await expect(
      songsIn(page)
        .and(page.locator(`[aria-posinset="${inView}"]`))
        .getByRole('link'),
    ).toBeVisible();
    expect(await songsIn(page).count()).toBeLessThan(50);
  }
});

test('in a long list the arrows go from row to row, End to the last, and Enter opens it', async ({ page, stage }) => {
  await pose(page, stage, 'library-full');
  await songsIn(page).first().getByRole('link').focus();
  const place = () => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'));
  for (const [key, row] of [
    ['ArrowDown', '2'],
    ['PageDown', '10'],
    ['ArrowUp', '9'],
    ['End', '10000'],
    ['Home', '1'],
  ]) {
    await page.keyboard.press(key);
    await expect.poll(place, key).toBe(row);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('figure')).toBeVisible();
});

test('one comes back to the library, and loads it anew, where one left it', async ({ page, stage }) => {
  await pose(page, stage, 'library-full');
  await page.getByRole('main').evaluate((scroller) => scroller.scrollTo(0, 50_000));
  const scrolled = () => page.getByRole('main').evaluate((scroller) => Math.round(scroller.scrollTop));
  await songsIn(page).nth(12).click();
  await expect(page.getByRole('figure')).toBeVisible();
  expect(await scrolled()).toBe(0);
  await page.goBack();
  await expect.poll(scrolled).toBe(50_000);
  await page.getByRole('searchbox').fill('rain');
  await songsIn(page).first().click();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('rain');
});

test('Esc and a tap beside a dialog close it; a tap on it does not', async ({ page, stage }) => {
  const dialog = page.getByRole('dialog');
  await pose(page, stage, 'library-add');
  await dialog.getByRole('heading').click();
  await expect(dialog).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Add songs' }).click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
