import { afterAll, beforeAll, expect, test } from 'vitest';
import { serviceHere } from './service-here.ts';

let here: Awaited<ReturnType<typeof serviceHere>>;
beforeAll(async () => {
  here = await serviceHere({
    noTokens: true,
    origins: ['https://player.example'],
    limits: { clipBytes: 1000, idleSeconds: 1 },
  });
});
afterAll(() => here.close());

const local = { Host: '127.0.0.1:7700' };
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  here.app.request('/v1/recognize', {
    method: 'POST',
    body,
    headers: { ...local, ...headers },
    duplex: 'half',
  } as RequestInit);

test('a clip that is too large is refused, whether it says so or not', async () => {
  expect((await post(new Uint8Array(1001), { 'Content-Length': '1001' })).status).toBe(413);
  const parts = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(600)),
  });
  expect((await post(parts)).status).toBe(413);
});

test('an upload that comes to a halt is given up', async () => {
  const halting = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(10)) });
  expect((await post(halting)).status).toBe(408);
});

test('forms are refused with a word on what to send', async () => {
  const form = new FormData();
  form.set('file', new Blob(['x']));
  const response = await post(form);
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining('the file itself') });
});

test('without tokens, pages of other sites and names that lead here from outside are refused', async () => {
  const ask = async (headers: Record<string, string>) => (await here.app.request('/v1/tracks', { headers })).status;
  expect(await ask(local)).toBe(200);
  expect(await ask({ ...local, Origin: 'http://127.0.0.1:7700' })).toBe(200);
  expect(await ask({ ...local, Origin: 'https://evil.example' })).toBe(403);
  expect(await ask({ Host: 'evil.example' })).toBe(403);
  expect(await ask({ ...local, Origin: 'https://player.example' })).toBe(200);
});

test('pages of other sites may read answers only from the origins named', async () => {
  const ask = async (origin: string) =>
    (await here.app.request('/v1/tracks', { headers: { ...local, Origin: origin } })).headers.get(
      'Access-Control-Allow-Origin',
    );
  expect(await ask('https://player.example')).toBe('https://player.example');
  expect(await ask('https://evil.example')).toBeNull();
});

test('a service that stops takes nothing new', async () => {
  here.service.stopping.abort();
  expect((await here.app.request('/health/ready')).status).toBe(503);
  expect((await post(new Uint8Array(10))).status).toBe(503);
});

test('the page that shows the description loads only its own parts', async () => {
  const page = await here.app.request('/', { headers: local });
  expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'; script-src 'self'");
  const addresses = [...(await page.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) {
    expect(address).toMatch(/^\/?[a-z]+\.(js|css|json)$/);
    expect((await here.app.request(new URL(address, 'http://here/').pathname, { headers: local })).status).toBe(200);
  }
});
