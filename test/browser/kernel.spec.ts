/** The kernel in a browser gives what it gives in Node, to the bit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64Of, kernelSounds } from '../support/kernel-sounds.ts';
import { peaksText } from '../support/peaks-text.ts';
import { expect, test } from './app.ts';

const kernel = new WebAssembly.Module(readFileSync(join(import.meta.dirname, '../../src/kernel/kernel.wasm')));

for (const [name, sound] of Object.entries(kernelSounds))
  test(`the peaks and the map of ${name} are the same in the browser as in Node, to the bit`, async ({
    page,
    workbench,
  }) => {
    await page.goto(workbench);
    await page.waitForFunction(() => 'workbench' in window);
    const base64 = base64Of(sound);
    const there = await page.evaluate(([text, rate]) => window.workbench.peaks(text, rate), [
      base64,
      sound.sampleRate,
    ] as const);
    const here = peaksText(kernel, base64, sound.sampleRate);
    expect(here.length).toBeGreaterThan(1000);
    expect(there).toBe(here);
  });
