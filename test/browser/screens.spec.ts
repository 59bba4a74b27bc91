/** Every screen in every state, posed: see `test/stage`. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { pose, screens } from '../stage/screens.ts';
import { serveStage } from '../stage/start.ts';

let stage: Awaited<ReturnType<typeof serveStage>>;
test.describe.configure({ mode: 'parallel' });
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
async function faults(page: Page, rules?: string[]) {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

const sticksOut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.app-content, .dialog, .bar, .import-sheet')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.className}: ${element.scrollWidth} in ${element.clientWidth}`),
  );

interface Pass {
  name: string;
  how: Record<string, string>;
  width: number;
  /** Only those of these places. */
  places?: RegExp;
  judge(page: Page): Promise<string[]>;
}

const passes: Pass[] = [
  {
    name: 'axe finds nothing on any screen in the dark look',
    how: { look: 'dark' },
    width: 390,
    judge: (page) => faults(page),
  },
  {
    name: 'every colour can be read, and nothing sticks out, on small screens in the light look from right to left',
    how: { look: 'light', turn: 'rtl' },
    width: 320,
    judge: async (page) => [...(await faults(page, ['color-contrast'])), ...(await sticksOut(page))],
  },
  {
    name: 'nothing sticks out of a small screen whose text is twice as large',
    how: { size: '200' },
    width: 320,
    places: /^(listen-(idle|found|keep)|library|bundle|track|history|settings)/,
    judge: sticksOut,
  },
];

for (const { name, how, width, places, judge } of passes) {
  test(name, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height: 640 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    for (const screen of Object.keys(screens).filter((screen) => places?.test(screen) ?? true)) {
      await pose(page, stage.url, screen, how);
      const wrong = await judge(page);
      if (wrong.length) found[screen] = wrong;
    }
    expect(found).toEqual({});
  });
}
