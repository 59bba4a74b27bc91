import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { Thread } from '../../src/node/thread.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A thread that does this when it is asked something. */
function threadThat(does: string): Thread<string, string, number> {
  const program = `import { parentPort } from 'node:worker_threads';
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    parentPort.on('message', async (asked) => { ${does} });`;
  return new Thread(pathToFileURL(folder.write(`${Math.random()}.mjs`, program)));
}

test('a thread that is stuck is given up, with a sentence', async () => {
  const thread = threadThat('for (;;);');
  await expect(thread.ask('file', () => {}, 0.3)).rejects.toMatchObject({
    name: 'FileDamaged',
    message: 'Reading it got no further for 0.3 seconds and was stopped.',
  });
  expect(thread.isDead).toBe(true);
});

test('one that takes long and tells of it is waited for', async () => {
  const thread = threadThat(`for (let i = 0; i < 12; i++) { await wait(100); parentPort.postMessage({ progress: i }); }
    parentPort.postMessage({ result: asked });`);
  const told: number[] = [];
  expect(await thread.ask('file', (progress) => told.push(progress), 1)).toBe('file');
  expect(told).toHaveLength(12);
  expect(thread.isDead).toBe(false);
  await thread.dismiss();
});
