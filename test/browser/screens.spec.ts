/** Every screen in every state, posed: see `test/stage`. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { pose, screens } from '../stage/screens.ts';
import { serveStage } from '../stage/start.ts';

let stage: Awaited<ReturnType<typeof serveStage>>;
test.beforeAll(async () => {
  stage = await serveStage();
});
test.afterAll(() => stage.close());

test.use({
  launchOptions: {
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  },
});

/** What is wrong with the screen for those who use it by other means than the eye and the mouse. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

const sticksOut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.app-content, .dialog, .bar, .import-sheet')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.className}: ${element.scrollWidth} in ${element.clientWidth}`),
  );

for (const look of ['dark', 'light']) {
  test(`axe finds nothing on any screen, ${look}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    for (const name of Object.keys(screens)) {
      await pose(page, stage.url, name, { look });
      const wrong = await faults(page);
      if (wrong.length) found[name] = wrong;
    }
    expect(found).toEqual({});
  });
}

const narrow: [string, Record<string, string>][] = [
  ['320 pixels wide', {}],
  ['320 pixels wide, right to left', { turn: 'rtl' }],
  ['320 pixels wide with text twice as large', { size: '200' }],
];
for (const [name, how] of narrow) {
  test(`nothing sticks out of a screen ${name}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width: 320, height: 568 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    for (const screen of Object.keys(screens).filter((screen) => !screen.startsWith('listen-s'))) {
      await pose(page, stage.url, screen, how);
      const wrong = await sticksOut(page);
      if (wrong.length) found[screen] = wrong;
    }
    expect(found).toEqual({});
  });
}
