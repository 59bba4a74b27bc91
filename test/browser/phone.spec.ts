/** A phone: fingers, a notch, a keyboard on the screen, and no button of the browser to install. */
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { answer, expect, songsIn, test } from './app.ts';

const knows = ['low-tide.flac'];
const NOTCH = { top: 47, bottom: 34, left: 0, right: 0 };

/** What can be tapped and lies, as a whole or in part, under the notch or the bar for gestures. */
const underEdges = (page: Page) =>
  page.evaluate(({ top, bottom }) => {
    const isTapped = (element: Element) => {
      const box = element.getBoundingClientRect();
      const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return at !== null && element.contains(at);
    };
    return [...document.querySelectorAll('a[href], button, input, select')]
      .filter((element) => element.checkVisibility() && isTapped(element))
      .map((element) => [element.getBoundingClientRect(), element.outerHTML.slice(0, 100)] as const)
      .filter(([box]) => box.top < top || box.bottom > innerHeight - bottom)
      .map(([box, html]) => `${Math.round(box.top)}-${Math.round(box.bottom)}: ${html}`);
  }, NOTCH);

test('a tap listens, another opens the answer, and nothing lies under the notch', async ({ open }) => {
  const { page, context } = await open({ isPhone: true, hears: songs.lowTide, how: { fromSeconds: 2 }, knows });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: NOTCH });
  await page.getByRole('button', { name: 'Listen', exact: true }).tap();
  const found = answer(page, 'Low Tide');
  await expect(found).toBeVisible({ timeout: 25_000 });
  expect(await underEdges(page)).toEqual([]);
  await found.tap();
  await expect(page.getByRole('heading', { name: 'Low Tide' })).toBeVisible();
  const places = page.getByRole('navigation', { name: 'Places' });
  for (const place of ['Library', 'History', 'Settings']) {
    await places.getByRole('link', { name: place, exact: true }).tap();
    await expect(page.getByRole('heading', { name: place }).first()).toBeAttached();
    expect(await underEdges(page)).toEqual([]);
  }
});

test('the keyboard hides no field that is typed into', async ({ open }) => {
  const { page } = await open({ isPhone: true, knows, at: '#library' });
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).toContain(
    'interactive-widget=resizes-content',
  );
  /** So much is left of the page while the keyboard is shown. */
  const withKeyboard = { width: 390, height: 844 - 336 };
  const search = page.getByRole('searchbox');
  await search.tap();
  await page.setViewportSize(withKeyboard);
  await expect(search).toBeInViewport({ ratio: 1 });
  await search.fill('tide');
  await expect(songsIn(page, 'Low Tide')).toBeInViewport();
  await page.setViewportSize({ width: 390, height: 844 });
  await songsIn(page).getByRole('link').first().tap();
  await page.getByLabel('More', { exact: true }).tap();
  await page.getByRole('button', { name: 'Edit', exact: true }).tap();
  await page.setViewportSize(withKeyboard);
  const dialog = page.getByRole('dialog');
  const fields = await dialog.getByRole('textbox').all();
  expect(fields.length).toBeGreaterThan(2);
  for (const field of [...fields, dialog.getByRole('button', { name: 'Save' })]) {
    await field.scrollIntoViewIfNeeded();
    await expect(field).toBeInViewport({ ratio: 0.9 });
  }
});

test('on an iPhone, Settings say how to install it', async ({ open }) => {
  const { page, context } = await open({ isPhone: true, at: 'icons/icon-192.png' });
  await context.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: false }));
  await page.goto('./#settings');
  const steps = page.getByRole('listitem').filter({ hasText: /Share|Home Screen|icon/ });
  await expect(steps).toHaveCount(3);
  await expect(steps.first()).toContainText('Share');
});
