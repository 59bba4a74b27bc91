/** What comes from outside: shared files, foreign forms, addresses, garbage that was kept. */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, fixture, test } from './app.ts';

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<[Server, string]> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}

/** Posts a form with a song to the app's share address, as the page at hand. */
const post = (page: Page, action: string, base64: string) =>
  page.evaluate(
    ([action, base64]) => {
      const form = Object.assign(document.createElement('form'), {
        method: 'POST',
        enctype: 'multipart/form-data',
        action,
      });
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files' });
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'first_snow.aiff', { type: 'audio/aiff' }));
      input.files = transfer.files;
      form.append(input);
      document.body.append(form);
      form.submit();
    },
    [action, base64],
  );

const song = readFileSync(fixture('first_snow.aiff')).toString('base64');
const ready = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

test('shared files are shown and asked about before they are learnt, and can be declined', async ({ open }) => {
  const { page } = await open({ offline: true });
  await ready(page);
  const share = async () => {
    // What a share sheet sends: a form without an origin. The page's own rules allow it no forms, so its worker is asked.
    await page.goto('about:blank');
    await page.goto('./');
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const form = new FormData();
      form.append('files', new File([bytes], 'first_snow.aiff', { type: 'audio/aiff' }));
      await fetch('./share', { method: 'POST', body: form, referrerPolicy: 'no-referrer' });
    }, song);
    await page.reload();
  };
  await share();
  const dialog = page.getByRole('dialog', { name: 'Learn this file?' });
  await expect(dialog).toContainText('first_snow.aiff');
  await dialog.getByRole('button', { name: 'Do not learn' }).click();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Teach it a song' })).toBeVisible();
  await expect(dialog).toBeHidden();

  await share();
  await dialog.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Add songs' }).getByRole('status')).toHaveText('1 song learnt', {
    timeout: 90_000,
  });
});

test('a form that another site posts is refused, and nothing is learnt', async ({ open, baseURL }) => {
  const { page } = await open({ offline: true });
  await ready(page);
  const [server, address] = await serve((_, response) => response.end('<!doctype html><title>elsewhere</title>'));
  await page.goto(address);
  await post(page, `${baseURL}share`, song);
  await expect(page.getByText('Entendu received something that it does not accept')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  server.close();
});

async function fetchFrom(page: Page, address: string): Promise<void> {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).first().click();
  await page.getByLabel('Address of the bundle').fill(address);
  await page.getByRole('button', { name: 'Fetch', exact: true }).click();
}

test('an address is bounded: what is no bundle, and what is too large, end with a sentence', async ({ open }) => {
  const { page } = await open();
  let sent = 0;
  const allow = { 'access-control-allow-origin': '*' };
  const [server, address] = await serve((request, response) => {
    if (request.url === '/large') {
      response.writeHead(200, { ...allow, 'content-length': String(2 ** 31) }).write('x');
      return;
    }
    response.writeHead(200, allow);
    const pour = setInterval(() => {
      sent += 65_536;
      response.write(Buffer.alloc(65_536));
    }, 5);
    response.on('close', () => clearInterval(pour));
  });
  await fetchFrom(page, `${address}/junk`);
  await expect(page.getByRole('alert')).toHaveText('This is not an Entendu bundle.');
  expect(sent).toBeLessThan(20_000_000);
  await page.getByLabel('Address of the bundle').fill(`${address}/large`);
  await page.getByRole('button', { name: 'Fetch', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('This file is too large for a bundle. Check the address.');
  server.closeAllConnections();
  server.close();
});

test('a redirect to another host is asked about again', async ({ open }) => {
  const { page } = await open();
  const allow = { 'access-control-allow-origin': '*' };
  const bundle = readFileSync(fixture('bundle-1.entendu'));
  const [there, thereAddress] = await serve((_, response) => response.writeHead(200, allow).end(bundle));
  const [here, address] = await serve((_, response) =>
    response.writeHead(302, { ...allow, location: `${thereAddress}/songs.entendu` }).end(),
  );
  await fetchFrom(page, address);
  const host = new URL(thereAddress).host;
  await expect(page.getByRole('alert')).toContainText(`redirects to another site, ${host}`);
  await page.getByRole('button', { name: `Download from ${host}` }).click();
  await expect(page.getByRole('dialog', { name: 'Version 1' })).toBeVisible();
  for (const server of [here, there]) server.close();
});

test('page and workers come with strict rules, which the workers obey', async ({ open, request, baseURL }) => {
  const headers = (await request.get(baseURL!)).headers();
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(await (await request.get(`${baseURL}_headers`)).text()).toContain("frame-ancestors 'none'");

  const { page } = await open();
  await expect(page.getByRole('navigation')).toBeVisible();
  const [server, address] = await serve((_, response) =>
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('x'),
  );
  for (const [name, reaches] of [
    ['engine', false],
    ['address', true],
  ] as const) {
    if (name === 'address') await fetchFrom(page, `${address}/never-a-bundle`);
    const worker =
      name === 'engine' ? page.workers().find((one) => one.url().includes('app-engine.worker')) : undefined;
    if (worker) {
      const reached = await worker.evaluate(
        (from) =>
          fetch(from).then(
            () => true,
            () => false,
          ),
        address,
      );
      expect(reached).toBe(reaches);
    } else {
      await expect(page.getByRole('alert')).toHaveText('This is not an Entendu bundle.');
    }
  }
  server.close();
});

test('garbage that was kept blanks no screen', async ({ open }) => {
  const { page } = await open();
  await page.evaluate(() => {
    localStorage.setItem('entendu.settings', '{"language":"constructor","look":7,"answers":[],"limitMinutes":"x"}');
    for (const name of ['library.search', 'library.sort', 'library.descending']) {
      sessionStorage.setItem(`entendu.${name}`, '{"a":');
    }
  });
  await page.reload();
  for (const [place, title] of [
    ['library', 'Library'],
    ['history', 'History'],
    ['settings', 'Settings'],
  ]) {
    await page.goto(`./#${place}`);
    await expect(page.getByRole('link', { name: title })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  }
});

test('a screen that throws says so, and there is a way on', async ({ open }) => {
  const { page, context } = await open({ knows: ['first_snow.aiff'] });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#settings');
  await page.evaluate(() => {
    const whole = Number.prototype.toLocaleString;
    Number.prototype.toLocaleString = () => {
      throw new Error('a fault made for this test');
    };
    addEventListener(
      'click',
      ({ target }) => {
        if ((target as HTMLElement).textContent === 'Back to Listen') Number.prototype.toLocaleString = whole;
      },
      true,
    );
  });
  await page.getByRole('link', { name: 'Library' }).click();
  const broken = page.getByRole('main').getByRole('alert').filter({ hasText: 'This screen has stopped working' });
  await expect(broken).toBeVisible();
  await broken.getByRole('button', { name: 'Copy details' }).click();
  await expect(broken.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('a fault made for this test');
  expect(copied).not.toContain('snow');
  await broken.getByRole('button', { name: 'Back to Listen' }).click();
  await expect(page.getByRole('button', { name: 'Listen', exact: true })).toBeVisible();
});
