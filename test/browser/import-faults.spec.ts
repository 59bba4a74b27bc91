/** What goes wrong with files and disks while songs are learnt: told in its row, and the rest goes on. */
import { appendFileSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, fixture, importing, songsIn, test } from './app.ts';
import { choose, row, showFiles, told } from './importing.ts';

test('a file that is gone before its turn fails in its row, and the next is learnt', async ({ open }) => {
  const { page } = await open();
  const gone = test.info().outputPath('gone.mp3');
  copyFileSync(fixture('harbour-lights.mp3'), gone);
  await page.exposeFunction('removeIt', () => rmSync(gone));
  await page.evaluate(() => {
    // Between choosing and reading, just before the app is told.
    addEventListener(
      'change',
      (event) => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation();
        const { target } = event;
        void (window as unknown as { removeIt(): Promise<void> })
          .removeIt()
          .then(() => target?.dispatchEvent(new Event('change', { bubbles: true })));
      },
      { capture: true },
    );
  });
  await choose(page, 'Choose files', [gone, fixture('night-bus.ogg')]);
  await told(page, '1 song learnt');
  await showFiles(page);
  await expect(row(page, 'gone.mp3')).toContainText('could not be read');
});

/** Long enough that something can happen to it meanwhile, and too long to be in the browser's hands already. */
function makeLong(path: string): void {
  writeFileSync(path, '');
  const tune = readFileSync(fixture('harbour-lights.mp3'));
  for (let bytes = 0; bytes < 70 * 2 ** 20; bytes += tune.length) appendFileSync(path, tune);
}

const changes: Record<string, (path: string) => void> = {
  'deleted.mp3': (path) => rmSync(path),
  'cut off.mp3': (path) => truncateSync(path, 1000),
  'written to.mp3': (path) => appendFileSync(path, 'more'),
};

test('a file that is deleted, cut off or written to while it is read fails in its row, and the next is learnt', async ({
  open,
}) => {
  const { page } = await open();
  const [first, ...others] = Object.keys(changes).map((name) => test.info().outputPath(name));
  makeLong(first);
  for (const path of others) copyFileSync(first, path);
  await choose(page, 'Choose files', [first, ...others, fixture('night-bus.ogg')]);
  await showFiles(page);
  for (const [name, change] of Object.entries(changes)) {
    await expect(row(page, name)).toContainText('× real time', { timeout: 90_000 });
    change(test.info().outputPath(name));
  }
  await told(page, '1 song learnt');
  for (const name of Object.keys(changes)) await expect(row(page, name)).toContainText('could not be read');
  await expect(songsIn(page)).toHaveCount(1);
});

test('a disk that is full is told in the row, and when there is room again the song can be learnt', async ({
  open,
  baseURL,
}) => {
  const { page, context } = await open();
  const devtools = await context.newCDPSession(page);
  const quota = (quotaSize?: number) =>
    devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL!).origin, quotaSize });
  await quota(1);
  await choose(page, 'Choose files', [fixture('night-bus.ogg'), fixture('low-tide.flac')]);
  await told(page, '2 not learnt');
  await showFiles(page);
  await expect(row(page, 'night-bus.ogg')).toContainText('The storage is full');
  await expect(row(page, 'low-tide.flac')).toContainText('The storage is full');
  await quota();
  await page.getByRole('button', { name: 'Retry failed' }).click();
  await told(page, '2 songs learnt');
  await expect(importing(page)).not.toContainText('not learnt');
});
