/** A browser without WebCodecs, as Firefox for Android and older Safari are: the page's own decoder does the work. */
import { expect, fixture, learn, songsIn, test } from './app.ts';

test('what was learnt is recognised as a file, too', async ({ open }) => {
  const { page, context } = await open({ isAlone: true, at: 'icons/icon-192.png' });
  await context.addInitScript(() => Reflect.deleteProperty(window, 'AudioDecoder'));
  await context.route(/(learn|sound)\.worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete self.AudioDecoder; ${await response.text()}` });
  });
  await page.goto('./');
  expect(await page.evaluate(() => 'AudioDecoder' in window)).toBe(false);
  await learn(page, ['night-bus.ogg']);
  await expect(songsIn(page)).toContainText('Night Bus');
  await page.goto('./#');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'A file or video' }).click();
  await (await chosen).setFiles(fixture('night-bus.ogg'));
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByText('Night Bus')).toBeVisible({ timeout: 90_000 });
});
