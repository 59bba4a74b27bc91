/** The lab, with the demo tunes. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { BUSY_SHARE, expect, test } from './app.ts';

async function learnDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try with three demo tunes' }).click();
  await expect(answersOn(page)).toContainText('certain', { timeout: 90_000 });
}

/** The songs that the lab names, or a sentence that there is none. */
const answersOn = (page: Page) => page.getByRole('status').getByRole('paragraph');

const slide = (page: Page, name: string, value: number) =>
  page.getByRole('slider', { name }).evaluate((element, value) => {
    (element as HTMLInputElement).value = String(value);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);

/** Each layer has a switch and a sentence, and a candidate is chosen by the keyboard. */
async function tryLayers(page: Page): Promise<void> {
  await expect(page.getByText(/points that stand out/)).toBeVisible();
  await expect(page.getByRole('table', { name: /What speaks for/ })).toBeVisible();
  const fit = page.getByRole('table', { name: /Fit of/, includeHidden: true });
  await expect(fit).toHaveCount(1);
  await page.getByRole('checkbox', { name: /Fit by offset/ }).uncheck();
  await expect(fit).toHaveCount(0);
  const candidates = page.getByRole('region', { name: 'Candidates' }).getByRole('button');
  await expect(candidates.first()).toHaveAttribute('aria-pressed', 'true');
  if ((await candidates.count()) > 1) {
    await candidates.nth(1).focus();
    await page.keyboard.press('Enter');
    await expect(candidates.nth(1)).toHaveAttribute('aria-pressed', 'true');
  }
}

test('a song is mixed with a second one, drowned in noise, and brought back, while the page has time for other things', async ({
  open,
}) => {
  const { page } = await open({ at: '#lab' });
  await learnDemo(page);
  const answers = answersOn(page);
  const songs = page.getByRole('dialog').getByRole('listitem').getByRole('button');
  await expect(answers).toHaveCount(1);
  const first = (await answers.locator('bdi').textContent())!;
  await page.getByRole('button', { name: 'Mix with a second song' }).click();
  await songs.filter({ hasNotText: first }).first().click();
  await slide(page, 'Length', 8);
  await expect(answers).toHaveCount(2);
  await page.evaluate(() => {
    const watched = { begun: performance.now(), busy: 0 };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.busy += duration;
    }).observe({ type: 'longtask' });
  });
  for (let db = 0; db <= 20; db += 2) await slide(page, 'Ratio', db);
  await expect(answers.first()).toContainText(first);
  await page.getByRole('combobox', { name: 'Noise' }).selectOption('white noise');
  await slide(page, 'Length', 2);
  await slide(page, 'Music louder than the noise by', -30);
  await expect(answers).toContainText(['Not in your library']);
  await page.getByRole('button', { name: 'Undo all changes' }).click();
  await expect(answers.first()).toContainText('certain');
  const busy = await page.evaluate(() => {
    const { watched } = window as unknown as { watched: { begun: number; busy: number } };
    return watched.busy / (performance.now() - watched.begun);
  });
  expect(busy).toBeLessThan(BUSY_SHARE);
});

test('layers have switches, curves are drawn, and the test of the library leaves as a page and a table', async ({
  open,
}) => {
  const { page } = await open({ at: '#lab' });
  await learnDemo(page);
  await tryLayers(page);
  const curve = page.getByRole('table', { name: 'Confidence by length', includeHidden: true });
  await curve.evaluate((table) => table.closest('figure')!.scrollIntoView());
  await expect(curve.locator('tbody tr')).toHaveCount(8, { timeout: 90_000 });
  await page.getByRole('spinbutton', { name: 'Longest clip' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Clips of each length' }).fill('3');
  await page.getByRole('spinbutton', { name: 'Seconds to leave out' }).fill('2');
  await page.getByRole('checkbox', { name: 'small loudspeaker in a room' }).uncheck();
  await expect(page.getByText(/^A test uses at most 100 songs.* the first 10 mins? of each/)).toBeVisible();
  await page.getByRole('button', { name: 'Start the test' }).click();
  const right = page.getByRole('table', { name: 'Recognised, by length', includeHidden: true });
  await expect(right.locator('tbody tr')).toHaveCount(2, { timeout: 90_000 });
  await expect(right.locator('td').last()).toHaveText('100%');
  const save = async (name: string) => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return readFileSync(await (await saved).path(), 'utf8');
  };
  expect(await save('Save as a page (HTML)')).toContain('<svg');
  const lines = (await save('Save as a table (CSV)')).trim().split('\r\n');
  expect(lines[0]).toBe('condition,seconds,song,from_seconds,answer,right,confidence,position_off_by,milliseconds');
  expect(lines).toHaveLength(7);
});
