/** Tests on the stage share a page: a new context costs more than most of them. What a test keeps is forgotten before the next one. */
import type { CDPSession, Page } from '@playwright/test';
import { test as base } from './app.ts';

interface Shared {
  page: Page;
  session: CDPSession;
}

export const test = base.extend<object, { stagePage: Shared }>({
  stagePage: [
    async ({ browser }, use) => {
      const page = await browser.newPage();
      await use({ page, session: await page.context().newCDPSession(page) });
      await page.context().close();
    },
    { scope: 'worker' },
  ],
  page: async ({ stagePage: { page, session }, stage, viewport }, use) => {
    await session.send('Storage.clearDataForOrigin', { origin: new URL(stage).origin, storageTypes: 'all' });
    await page.emulateMedia({ reducedMotion: null, forcedColors: null });
    if (viewport) await page.setViewportSize(viewport);
    await use(page);
    await page.goto('about:blank');
  },
});
