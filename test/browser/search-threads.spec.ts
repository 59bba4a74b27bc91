/** Search threads in a browser: workers that the engine's worker starts. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';

test('workers that share a search find what one finds', async ({ page, workbench }) => {
  test.slow();
  await page.goto(workbench);
  await page.waitForFunction(() => 'workbench' in window);
  const { shares, alone, together } = await page.evaluate(() => window.workbench.search(8));
  expect(shares.length).toBe(3);
  expect(Math.min(...shares)).toBeGreaterThan(50);
  expect(together).toEqual(alone);
  expect(alone.others.length).toBeGreaterThan(0);
});

test("the app's policy lets the engine start them", async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Teach it a song' })).toBeVisible({ timeout: 90_000 });
  const assets = join(import.meta.dirname, '../../dist/app/assets');
  const [script] = readdirSync(assets).filter((name) => name.startsWith('compare-sketches.worker'));
  const [engine] = page.workers().filter((worker) => worker.url().includes('app-engine.worker'));
  const answer = await engine.evaluate(
    (url) =>
      new Promise((resolve) => {
        const worker = new Worker(url, { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data.id);
        worker.onerror = () => resolve('failed');
        // As Comlink calls `end(1)`.
        worker.postMessage({ id: 'a', type: 'APPLY', path: ['end'], argumentList: [{ type: 'RAW', value: 1 }] });
      }),
    `/assets/${script}`,
  );
  expect(answer).toBe('a');
});
