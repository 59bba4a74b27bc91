/** The same hostile sounds as in `audio.ts`, learnt in Chromium: there mediabunny and the browser's own codecs decode them. */
import { findBrowser } from '../../.setup/browser.mjs';
import { openWorkbench } from '../workbench/start.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { Skipped } from './attack.ts';
import { hostileSound, wholeSounds } from './sounds/hostile.ts';

/** Every input starts a worker of its own; a new page ends them. */
const INPUTS_A_PAGE = 25;

async function open(): Promise<Subject> {
  if (!findBrowser()) throw new Skipped('there is no Chromium');
  const wholes = wholeSounds();
  const bench = await openWorkbench();
  const errors: string[] = [];
  bench.page.on('pageerror', (error) => errors.push(`RAW: on the page: ${error.message}`));
  bench.page.on('crash', () => errors.push('CRASH: the page'));
  let count = 0;
  return {
    async take(input: Input) {
      if (count++ % INPUTS_A_PAGE === 0) {
        await bench.page.reload();
        await bench.page.waitForFunction(() => 'workbench' in window);
      }
      const { name, bytes } = hostileSound(input, wholes);
      const file = { name, mimeType: '', buffer: Buffer.from(bytes) };
      await bench.page.setInputFiles('input', file);
      const { rows } = await bench.page.evaluate(() => window.workbench.learn({ learnerCount: 1 }));
      const failures = errors.splice(0);
      for (const { state, fault, track } of rows) {
        input.note(`${state} ${fault ?? ''}`);
        if (fault === 'Unexpected' || !/^(added|known|failed)$/.test(state)) failures.push(`RAW: ${state} ${fault}`);
        if (state === 'added' && !((track?.learntSeconds ?? 0) >= 1)) failures.push('WRONG: less than a second');
      }
      return failures;
    },
    close: () => bench.close(),
  };
}

export const attack: Attack = { inputs: 800, patienceSeconds: 90, open };
