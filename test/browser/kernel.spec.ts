/** The kernel in a browser gives what it gives in Node, to the bit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { music, noise } from '../support/music.ts';
import { peaksText } from '../support/peaks-text.ts';
import { serveWorkbench } from '../workbench/start.ts';

const kernel = new WebAssembly.Module(readFileSync(join(import.meta.dirname, '../../src/kernel/kernel.wasm')));

const sounds = {
  'music at 44.1 kHz': music(6, 44100),
  'music at 48 kHz': music(6, 48000, 2),
  'noise at 44,056 Hz': { samples: noise(44056 * 3), sampleRate: 44056 },
};

for (const [name, { samples, sampleRate }] of Object.entries(sounds))
  test(`the peaks and the map of ${name} are the same in the browser as in Node, to the bit`, async ({ page }) => {
    const served = await serveWorkbench();
    try {
      await page.goto(served.url);
      await page.waitForFunction(() => 'workbench' in window);
      const base64 = Buffer.from(samples.buffer).toString('base64');
      const there = await page.evaluate(([text, rate]) => window.workbench.peaks(text, rate), [
        base64,
        sampleRate,
      ] as const);
      const here = peaksText(kernel, base64, sampleRate);
      expect(here.length).toBeGreaterThan(1000);
      expect(there).toBe(here);
    } finally {
      await served.close();
    }
  });
